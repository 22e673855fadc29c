//! What happened, as a sentence in the language of the receiver.

use contracts::event::OwedFacts;
use kit::mail::Language;
use money::Amount;

use crate::{
    activity::{Activity, Change, ClaimChange, Deed, Effect, PaymentChange},
    directory::Names,
};

/// The longest sentence; a comment may be longer.
const LONGEST: usize = 200;

/// The sentence about an activity, on one line, with what it does to the receiver's balance.
pub(super) fn sentence(activity: &Activity, names: &Names, language: Language) -> String {
    let words = Words { activity, names };
    let sentence = match language {
        Language::English => activity.summary(names),
        Language::German => words.german(),
        Language::Spanish => words.spanish(),
    };
    let line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let line =
        if line.chars().count() > LONGEST { line.chars().take(LONGEST - 1).chain(['…']).collect() } else { line };
    let effects: Vec<String> = activity.effects.iter().map(|effect| effect_text(*effect, language)).collect();
    if effects.is_empty() { line } else { format!("{line} ({})", effects.join(", ")) }
}

fn effect_text(effect: Effect, language: Language) -> String {
    let sign = if effect.amount_minor > 0 { "+" } else { "" };
    format!("{sign}{}", money_text(Amount::new(effect.amount_minor, effect.currency), language))
}

/// An amount such as `12.50 EUR`, with the decimal mark of the language.
fn money_text(amount: Amount, language: Language) -> String {
    let number = amount.to_string();
    let number = if language == Language::English { number } else { number.replace('.', ",") };
    format!("{number} {}", amount.currency)
}

struct Words<'a> {
    activity: &'a Activity,
    names: &'a Names,
}

impl Words<'_> {
    fn member(&self, member: contracts::MemberId) -> &str {
        self.names.member(self.activity.group_id, member)
    }

    fn owed(owed: &[OwedFacts], language: Language, and: &str) -> String {
        let owed: Vec<_> = owed.iter().map(|owed| money_text(owed.amount, language)).collect();
        owed.join(&format!(" {and} "))
    }

    fn german(&self) -> String {
        let actor = self.names.actor(self.activity.group_id, self.activity.actor);
        let text = |amount: &Amount| money_text(*amount, Language::German);
        match &self.activity.deed {
            Deed::Expense { change: Change::Added, description, total, recurring: true } => {
                format!("„{description}“ wurde wie geplant eingetragen, {}", text(total))
            }
            Deed::Expense { change, description, total, .. } => {
                let verb = match change {
                    Change::Added => "eingetragen",
                    Change::Changed => "geändert",
                    Change::Deleted => "gelöscht",
                    Change::Restored => "wiederhergestellt",
                };
                format!("{actor} hat „{description}“ {verb}, {}", text(total))
            }
            Deed::Paid { from, to, amount } => {
                format!("{} hat {} {} gezahlt", self.member(*from), self.member(*to), text(amount))
            }
            Deed::Payment { change, from, to, amount, .. } => {
                let verb = match change {
                    PaymentChange::Edited => "geändert",
                    PaymentChange::Confirmed => "bestätigt",
                    PaymentChange::Disputed => "bestritten",
                    PaymentChange::Voided => "zurückgenommen",
                    PaymentChange::Refunded => "erstattet",
                    PaymentChange::Settled => "geklärt",
                };
                let (from, to) = (self.member(*from), self.member(*to));
                format!("{actor} hat die Zahlung von {from} an {to} über {} {verb}", text(amount))
            }
            Deed::Commented { description, text } => format!("{actor} hat „{description}“ kommentiert: {text}"),
            Deed::Reminded { creditor, owed } => {
                let owed = Self::owed(owed, Language::German, "und");
                format!("{} erinnert dich an {owed}", self.member(*creditor))
            }
            Deed::Budget { category, month, limit, spent } => {
                let category = category.as_ref().map(|name| format!(" für {name}")).unwrap_or_default();
                format!("{} von {}{category} sind im Monat {month} ausgegeben", text(spent), text(limit))
            }
            Deed::Claim { change, user, guest } => match change {
                ClaimChange::Made => format!("{user} ist der Gruppe als {guest} beigetreten"),
                ClaimChange::Requested => format!("{user} möchte der Gruppe als {guest} beitreten"),
                ClaimChange::Approved => format!("{actor} hat {user} als {guest} in die Gruppe gelassen"),
                ClaimChange::Undone => format!("{actor} hat rückgängig gemacht, dass {user} als {guest} beitrat"),
            },
            Deed::AddedMember { member_id } => {
                format!("{actor} hat {} zur Gruppe hinzugefügt", self.member(*member_id))
            }
            Deed::Imported { entries } => format!("{actor} hat {entries} Einträge importiert"),
            Deed::AskedToBeFriends => format!("{actor} möchte mit dir befreundet sein"),
            Deed::BecameFriends => format!("{actor} ist jetzt mit dir befreundet"),
            // No notification is about the others.
            _ => self.activity.summary(self.names),
        }
    }

    fn spanish(&self) -> String {
        let actor = self.names.actor(self.activity.group_id, self.activity.actor);
        let text = |amount: &Amount| money_text(*amount, Language::Spanish);
        match &self.activity.deed {
            Deed::Expense { change: Change::Added, description, total, recurring: true } => {
                format!("«{description}» se ha añadido como estaba previsto, {}", text(total))
            }
            Deed::Expense { change, description, total, .. } => {
                let verb = match change {
                    Change::Added => "ha añadido",
                    Change::Changed => "ha cambiado",
                    Change::Deleted => "ha eliminado",
                    Change::Restored => "ha restaurado",
                };
                format!("{actor} {verb} «{description}», {}", text(total))
            }
            Deed::Paid { from, to, amount } => {
                format!("{} ha pagado {} a {}", self.member(*from), text(amount), self.member(*to))
            }
            Deed::Payment { change, from, to, amount, .. } => {
                let verb = match change {
                    PaymentChange::Edited => "ha cambiado",
                    PaymentChange::Confirmed => "ha confirmado",
                    PaymentChange::Disputed => "ha rechazado",
                    PaymentChange::Voided => "ha anulado",
                    PaymentChange::Refunded => "ha devuelto",
                    PaymentChange::Settled => "ha aclarado",
                };
                let (from, to) = (self.member(*from), self.member(*to));
                format!("{actor} {verb} el pago de {} de {from} a {to}", text(amount))
            }
            Deed::Commented { description, text } => format!("{actor} ha comentado «{description}»: {text}"),
            Deed::Reminded { creditor, owed } => {
                let owed = Self::owed(owed, Language::Spanish, "y");
                format!("{} te recuerda {owed}", self.member(*creditor))
            }
            Deed::Budget { category, month, limit, spent } => {
                let category = category.as_ref().map(|name| format!(" para {name}")).unwrap_or_default();
                format!("Se han gastado {} de {}{category} en {month}", text(spent), text(limit))
            }
            Deed::Claim { change, user, guest } => match change {
                ClaimChange::Made => format!("{user} ha entrado en el grupo como {guest}"),
                ClaimChange::Requested => format!("{user} quiere entrar en el grupo como {guest}"),
                ClaimChange::Approved => format!("{actor} ha dejado entrar a {user} en el grupo como {guest}"),
                ClaimChange::Undone => format!("{actor} ha deshecho la entrada de {user} en el grupo como {guest}"),
            },
            Deed::AddedMember { member_id } => format!("{actor} ha añadido a {} al grupo", self.member(*member_id)),
            Deed::Imported { entries } => format!("{actor} ha importado {entries} entradas"),
            Deed::AskedToBeFriends => format!("{actor} quiere ser tu amigo"),
            Deed::BecameFriends => format!("{actor} ya es tu amigo"),
            _ => self.activity.summary(self.names),
        }
    }
}

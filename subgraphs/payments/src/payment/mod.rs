//! Payments: money that moved from one member to another, outside of Quits or through it.

mod audit;
mod by_card;
mod departed;
mod former;
mod history;
mod life;
mod operations;
mod store;
mod together;

use chrono::{Months, NaiveDate};
use contracts::{
    Event, GroupId, MemberId, PaymentBatchId, PaymentId, Timestamp,
    event::{PaymentChange, PaymentFacts, PaymentRefund},
    payments::{PaymentPlace, PaymentRow},
    roster::{Membership, Roster},
};
use kit::{Failure, Outcome, text};
use money::{Amount, ledger::Entry};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

pub(crate) use by_card::{CardState, Dispute, NewCardPayment, Progress};
pub(crate) use history::{Change, Revision};
pub(crate) use life::{Action, Edit, NoteEdit};
pub(crate) use operations::Payments;

/// The largest payment, in minor units: far above any real one, but sums of thousands of them do not overflow.
const LARGEST: i64 = 1_000_000_000_000_000;

/// The method of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Method {
    Cash,
    /// By bank transfer.
    BankTransfer,
    /// By card, through Quits.
    Card,
    /// Another method.
    Other,
}

/// The state of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// It is under way; no money has moved.
    Pending,
    /// The money has moved.
    Processed,
    /// A party reports a problem. It counts until that is resolved.
    Disputed,
    /// The money will not move.
    Failed,
    /// The money was returned.
    Refunded,
    /// It should not have been recorded.
    Voided,
}

/// A payment that was made, as a person enters it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct NewPayment {
    pub(crate) group_id: GroupId,
    /// The payer.
    pub(crate) from: MemberId,
    /// The receiver.
    pub(crate) to: MemberId,
    /// What it settles: the amount that counts in balances.
    #[serde(with = "contracts::amount")]
    pub(crate) amount: Amount,
    /// What changed hands, if that was in another currency.
    #[serde(default, with = "contracts::amount::optional", skip_serializing_if = "Option::is_none")]
    pub(crate) paid: Option<Amount>,
    pub(crate) method: Method,
    /// The day of the payment; defaults to today.
    pub(crate) date: Option<NaiveDate>,
    /// Free text.
    pub(crate) note: Option<String>,
}

/// A payment as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Payment {
    #[serde(rename = "_id")]
    pub(crate) id: PaymentId,
    /// The group whose ledger it is in.
    pub(crate) group_id: GroupId,
    /// The payer.
    pub(crate) from: MemberId,
    /// The receiver.
    pub(crate) to: MemberId,
    /// What it settles: the amount that counts in balances; positive.
    #[serde(with = "contracts::amount")]
    pub(crate) amount: Amount,
    /// What changed hands, if that was in another currency; positive.
    #[serde(default, with = "contracts::amount::optional", skip_serializing_if = "Option::is_none")]
    pub(crate) paid: Option<Amount>,
    pub(crate) method: Method,
    /// Its state.
    pub(crate) status: Status,
    /// The day the money moved.
    pub(crate) date: NaiveDate,
    /// Free text of the recorder.
    pub(crate) note: Option<String>,
    /// Who recorded it.
    pub(crate) created_by: MemberId,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
    /// When the receiver confirmed it.
    pub(crate) confirmed_at: Option<Timestamp>,
    /// The reported problem, while it is disputed.
    #[serde(default)]
    pub(crate) dispute_reason: Option<String>,
    /// How much of a card payment was returned, in minor units.
    #[serde(default)]
    pub(crate) refunded_minor: i64,
    /// Whether the payer had left the group when it was recorded.
    #[serde(default)]
    pub(crate) payer_had_left: bool,
    /// Common to payments that were recorded together.
    #[serde(default)]
    pub(crate) batch_id: Option<PaymentBatchId>,
    /// Increases with every change.
    pub(crate) version: i32,
}

impl Payment {
    /// Creates a payment that was already made, recorded by a member. Former members may be a party.
    pub(crate) fn recorded(
        id: PaymentId,
        new: &NewPayment,
        group: &Membership,
        (now, today): (Timestamp, NaiveDate),
    ) -> Result<Self, Refusal> {
        check_people(new.from, new.to, &group.roster)?;
        check_amounts(new.amount, new.paid)?;
        if new.method == Method::Card {
            return Err(Refusal::CardByHand);
        }
        Ok(Self {
            id,
            group_id: new.group_id,
            from: new.from,
            to: new.to,
            amount: new.amount,
            paid: new.paid,
            method: new.method,
            status: Status::Processed,
            date: check_date(new.date, today)?,
            note: check_note("input.note", new.note.as_deref())?,
            created_by: group.member.member_id,
            created_at: now,
            confirmed_at: None,
            dispute_reason: None,
            refunded_minor: 0,
            payer_had_left: group.roster.member(new.from).is_some_and(|payer| payer.left),
            batch_id: None,
            version: 1,
        })
    }

    /// Whether its money has moved, so that it counts in balances.
    pub(crate) fn counts(&self) -> bool {
        matches!(self.status, Status::Processed | Status::Disputed)
    }

    /// Returns how much of it counts in balances once its money has moved: the amount that was not returned.
    pub(crate) fn counted_minor(&self) -> i64 {
        self.amount.minor - self.refunded_minor
    }

    /// Returns the event that its money has moved.
    pub(crate) fn processed(&self) -> Event {
        Event::PaymentProcessed(self.facts())
    }

    /// Returns the payment for other subgraphs.
    pub(crate) fn row(self) -> PaymentRow {
        let place = PaymentPlace { date: self.date, payment_id: self.id };
        let amount = Amount::new(self.counted_minor(), self.amount.currency);
        PaymentRow { place, from: self.from, to: self.to, amount, note: self.note }
    }

    /// The payload of its events.
    pub(crate) fn facts(&self) -> PaymentFacts {
        PaymentFacts {
            payment_id: self.id,
            group_id: self.group_id,
            from: self.from,
            to: self.to,
            amount: self.amount,
            paid: self.paid,
            date: self.date,
            note: self.note.clone(),
            created_by: self.created_by,
        }
    }
}

/// Returns the ledger entries of an event. Commits and `verify` share this function.
pub(crate) fn postings(event: &Event) -> Outcome<Vec<Entry<MemberId>>> {
    match event {
        Event::PaymentProcessed(payment) => Ok(vec![posting(payment)?]),
        Event::PaymentUpdated(PaymentChange { before, after, .. }) if before.amount != after.amount => {
            Ok(vec![posting(before)?.reversed().map_err(Failure::internal)?, posting(after)?])
        }
        Event::PaymentVoided(step) => Ok(vec![posting(&step.payment)?.reversed().map_err(Failure::internal)?]),
        Event::PaymentRefunded(refund) => Ok(vec![refund_posting(refund)?]),
        _ => Ok(Vec::new()),
    }
}

fn posting(payment: &PaymentFacts) -> Outcome<Entry<MemberId>> {
    let PaymentFacts { from, to, amount, .. } = payment;
    Entry::of(&[(*from, amount.minor)], &[(*to, amount.minor)], amount.currency).map_err(Failure::internal)
}

/// Moves a returned amount from the receiver to the payer; or back, if the return was reversed.
fn refund_posting(refund: &PaymentRefund) -> Outcome<Entry<MemberId>> {
    let PaymentRefund { payment, before_minor, after_minor } = refund;
    let returned =
        after_minor.checked_sub(*before_minor).ok_or_else(|| Failure::internal("a refund exceeds 64 bits"))?;
    let (payer, receiver) = if returned > 0 { (payment.to, payment.from) } else { (payment.from, payment.to) };
    let amount = Amount::new(returned.abs(), payment.amount.currency);
    posting(&PaymentFacts { from: payer, to: receiver, amount, ..payment.clone() })
}

fn check_people(from: MemberId, to: MemberId, roster: &Roster) -> Result<(), Refusal> {
    for (member, field) in [(from, "input.fromMemberId"), (to, "input.toMemberId")] {
        roster.member(member).ok_or(Refusal::NotAMember { field })?;
    }
    if from == to { Err(Refusal::SamePerson) } else { Ok(()) }
}

/// Checks what a payment settles, and what changed hands for it in another currency.
fn check_amounts(amount: Amount, paid: Option<Amount>) -> Result<(), Refusal> {
    let Some(paid) = paid else { return check_amount("input.amount.amount", amount) };
    check_amount("input.amount.amount", paid)?;
    check_amount("input.settles.amount", amount)?;
    if paid.currency == amount.currency { Err(Refusal::SettlesItsOwnCurrency) } else { Ok(()) }
}

fn check_amount(field: &'static str, amount: Amount) -> Result<(), Refusal> {
    match amount.minor {
        ..=0 => Err(Refusal::AmountNotPositive { field }),
        1..=LARGEST => Ok(()),
        _ => Err(Refusal::AmountTooLarge { field }),
    }
}

fn check_date(date: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let date = date.unwrap_or(today);
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(NaiveDate::MIN);
    let last = today.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
    if (first..=last).contains(&date) { Ok(date) } else { Err(Refusal::AbsurdDate { first, last }) }
}

fn check_note(field: &str, note: Option<&str>) -> Result<Option<String>, Refusal> {
    text::note(field, note, text::NOTE).map_err(Refusal::Text)
}

#[cfg(test)]
mod tests {
    use contracts::UserId;
    use contracts::event::MemberFacts;
    use money::Currency;

    use super::*;

    fn roster() -> Roster {
        let member = |left| MemberFacts {
            member_id: MemberId::new(),
            user_id: Some(UserId::new()),
            name: "Ada".to_owned(),
            left,
        };
        let (currency, members) =
            (Currency::from_code("EUR").unwrap(), vec![member(false), member(false), member(true)]);
        Roster { name: "Trip".to_owned(), ..Roster::new(GroupId::new(), currency, members) }
    }

    fn new_payment(roster: &Roster) -> NewPayment {
        NewPayment {
            group_id: roster.group_id,
            from: roster.members[0].member_id,
            to: roster.members[1].member_id,
            amount: Amount::new(12_50, roster.currency),
            paid: None,
            method: Method::Cash,
            date: None,
            note: None,
        }
    }

    fn record(roster: &Roster, new: &NewPayment) -> Result<Payment, Refusal> {
        let now = "2026-11-22T09:30:00Z".parse().unwrap();
        let group = Membership { roster: roster.clone(), member: roster.members[0].clone() };
        Payment::recorded(PaymentId::new(), new, &group, (now, "2026-11-22".parse().unwrap()))
    }

    #[test]
    fn a_payment_recorded_by_hand_is_processed() {
        let roster = roster();
        let note = Some("  thanks!\n".to_owned());
        let payment = record(&roster, &NewPayment { note, ..new_payment(&roster) }).unwrap();
        assert_eq!(payment.status, Status::Processed);
        assert_eq!(payment.date.to_string(), "2026-11-22");
        assert_eq!(payment.note.as_deref(), Some("thanks!"));
    }

    #[test]
    fn it_moves_its_amount_from_the_payer_to_the_receiver() {
        let roster = roster();
        let payment = record(&roster, &new_payment(&roster)).unwrap();
        let [entry] = &postings(&payment.processed()).unwrap()[..] else { panic!("one entry") };
        let net = |member| entry.nets()[&(member, roster.currency)];
        assert_eq!((net(payment.from), net(payment.to)), (12_50, -12_50));
    }

    #[test]
    fn in_another_currency_what_it_settles_counts() {
        let roster = roster();
        let dollars = Amount::new(14_00, Currency::from_code("USD").unwrap());
        let payment = record(&roster, &NewPayment { paid: Some(dollars), ..new_payment(&roster) }).unwrap();
        let [entry] = &postings(&payment.processed()).unwrap()[..] else { panic!("one entry") };
        assert!(entry.nets().keys().all(|(_, currency)| *currency == roster.currency));
        assert_eq!(entry.nets()[&(payment.from, roster.currency)], 12_50);
        assert_eq!(payment.row().amount, Amount::new(12_50, roster.currency), "others are told what counts");
    }

    #[test]
    fn former_members_can_still_be_settled_with() {
        let roster = roster();
        assert!(record(&roster, &NewPayment { to: roster.members[2].member_id, ..new_payment(&roster) }).is_ok());
    }

    #[test]
    fn invalid_payments_are_refused() {
        let roster = roster();
        let new = || new_payment(&roster);
        let minor = |minor| Amount::new(minor, roster.currency);
        let dollars = |minor| Some(Amount::new(minor, Currency::from_code("USD").unwrap()));
        let (amount, settles) = ("input.amount.amount", "input.settles.amount");
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let (first, last) = (day(2000, 1, 1).unwrap(), day(2027, 11, 22).unwrap());
        let cases = [
            (NewPayment { to: new().from, ..new() }, Refusal::SamePerson),
            (NewPayment { from: MemberId::new(), ..new() }, Refusal::NotAMember { field: "input.fromMemberId" }),
            (NewPayment { to: MemberId::new(), ..new() }, Refusal::NotAMember { field: "input.toMemberId" }),
            (NewPayment { amount: minor(0), ..new() }, Refusal::AmountNotPositive { field: amount }),
            (NewPayment { amount: minor(-1), ..new() }, Refusal::AmountNotPositive { field: amount }),
            (NewPayment { amount: minor(LARGEST + 1), ..new() }, Refusal::AmountTooLarge { field: amount }),
            (NewPayment { paid: dollars(0), ..new() }, Refusal::AmountNotPositive { field: amount }),
            (NewPayment { paid: dollars(LARGEST + 1), ..new() }, Refusal::AmountTooLarge { field: amount }),
            (NewPayment { amount: minor(0), paid: dollars(1), ..new() }, Refusal::AmountNotPositive { field: settles }),
            (NewPayment { paid: Some(minor(12_50)), ..new() }, Refusal::SettlesItsOwnCurrency),
            (NewPayment { method: Method::Card, ..new() }, Refusal::CardByHand),
            (NewPayment { date: day(1999, 12, 31), ..new() }, Refusal::AbsurdDate { first, last }),
            (NewPayment { date: day(2027, 11, 23), ..new() }, Refusal::AbsurdDate { first, last }),
        ];
        for (new, refusal) in cases {
            assert_eq!(record(&roster, &new), Err(refusal));
        }
        let note = Some("x".repeat(1_001));
        assert!(matches!(record(&roster, &NewPayment { note, ..new() }), Err(Refusal::Text(_))));
        assert!(record(&roster, &NewPayment { date: Some(last), ..new() }).is_ok());
    }
}

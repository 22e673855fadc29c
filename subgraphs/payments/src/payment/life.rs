//! The state machine of recorded payments: who may do what in which state.

use chrono::NaiveDate;
use contracts::{Event, MemberId, Timestamp, event::PaymentStep};
use money::Amount;

use super::{Method, Payment, Status, check_amounts, check_date, check_note};
use crate::refusal::Refusal;

/// The actions of people on a recorded payment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// The receiver confirms that the money arrived.
    Confirm,
    /// The payer or the receiver reports a problem.
    Dispute {
        /// The problem.
        reason: String,
    },
    /// It should not have been recorded.
    Void,
}

/// A partial update of a payment: `None` keeps the present value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Edit {
    /// What it settles.
    pub(crate) amount: Option<Amount>,
    /// What changed hands, if that was in another currency; part of a new amount.
    pub(crate) paid: Option<Amount>,
    pub(crate) method: Option<Method>,
    pub(crate) date: Option<chrono::NaiveDate>,
    pub(crate) note: NoteEdit,
}

/// A change of the note.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum NoteEdit {
    /// Keeps it.
    #[default]
    Keep,
    /// Removes it.
    Remove,
    /// Replaces it.
    Set(String),
}

impl Payment {
    /// Returns the payment after a member's action, and the event; `None` if the action has been done already.
    pub(crate) fn after(
        &self,
        action: &Action,
        by: MemberId,
        now: Timestamp,
    ) -> Result<Option<(Self, Event)>, Refusal> {
        match action {
            Action::Confirm => self.confirmed(by, now),
            Action::Dispute { reason } => self.disputed(by, reason),
            Action::Void => self.voided(by),
        }
    }

    fn confirmed(&self, by: MemberId, now: Timestamp) -> Result<Option<(Self, Event)>, Refusal> {
        if by != self.to {
            return Err(Refusal::OnlyReceiver);
        }
        match self.status {
            Status::Processed if self.confirmed_at.is_some() => Ok(None),
            Status::Processed | Status::Disputed => {
                let after = Self {
                    status: Status::Processed,
                    confirmed_at: Some(now),
                    dispute_reason: None,
                    ..self.next_version()
                };
                let step = after.step(by, None);
                Ok(Some((after, Event::PaymentConfirmed(step))))
            }
            _ => Err(Refusal::NotInThisState),
        }
    }

    fn disputed(&self, by: MemberId, reason: &str) -> Result<Option<(Self, Event)>, Refusal> {
        if ![self.from, self.to].contains(&by) {
            return Err(Refusal::OnlyParties);
        }
        let reason = check_note("reason", Some(reason))?.ok_or(Refusal::ReasonMissing)?;
        match self.status {
            Status::Disputed => Ok(None),
            Status::Processed => {
                // By disputing, a receiver withdraws the confirmation.
                let confirmed_at = self.confirmed_at.filter(|_| by != self.to);
                let after = Self {
                    status: Status::Disputed,
                    confirmed_at,
                    dispute_reason: Some(reason.clone()),
                    ..self.next_version()
                };
                let step = after.step(by, Some(reason));
                Ok(Some((after, Event::PaymentDisputed(step))))
            }
            _ => Err(Refusal::NotInThisState),
        }
    }

    fn voided(&self, by: MemberId) -> Result<Option<(Self, Event)>, Refusal> {
        self.check_changeable_by(by)?;
        if self.status == Status::Voided {
            return Ok(None);
        }
        self.check_correctable()?;
        let after = Self { status: Status::Voided, ..self.next_version() };
        let step = after.step(by, None);
        Ok(Some((after, Event::PaymentVoided(step))))
    }

    /// Returns the edited payment; `None` if nothing changes. An edit removes the receiver's confirmation, which was of
    /// other data.
    pub(crate) fn edited(&self, edit: &Edit, by: MemberId, today: NaiveDate) -> Result<Option<Self>, Refusal> {
        self.check_changeable_by(by)?;
        self.check_correctable()?;
        let mut after = self.clone();
        if let Some(amount) = edit.amount {
            check_amounts(amount, edit.paid)?;
            (after.amount, after.paid) = (amount, edit.paid);
        }
        if let Some(method) = edit.method {
            if method == Method::Card {
                return Err(Refusal::CardByHand);
            }
            after.method = method;
        }
        if let Some(date) = edit.date {
            after.date = check_date(Some(date), today)?;
        }
        match &edit.note {
            NoteEdit::Keep => {}
            NoteEdit::Remove => after.note = None,
            NoteEdit::Set(note) => after.note = check_note("input.note", Some(note))?,
        }
        if after == *self {
            return Ok(None);
        }
        Ok(Some(Self { version: self.version + 1, confirmed_at: None, ..after }))
    }

    /// The recorder, the payer and the receiver may correct a payment.
    fn check_changeable_by(&self, by: MemberId) -> Result<(), Refusal> {
        if [self.created_by, self.from, self.to].contains(&by) { Ok(()) } else { Err(Refusal::OnlyRecorderAndParties) }
    }

    /// Card payments are refunded, never corrected by hand.
    fn check_correctable(&self) -> Result<(), Refusal> {
        match (self.method, self.status) {
            (Method::Card, _) => Err(Refusal::CardByHand),
            (_, Status::Processed | Status::Disputed) => Ok(()),
            _ => Err(Refusal::NotInThisState),
        }
    }

    pub(super) fn next_version(&self) -> Self {
        Self { version: self.version + 1, ..self.clone() }
    }

    fn step(&self, by: MemberId, reason: Option<String>) -> PaymentStep {
        PaymentStep { payment: self.facts(), by, reason }
    }
}

#[cfg(test)]
mod tests {
    use contracts::{GroupId, PaymentId};
    use money::Currency;

    use super::*;

    const STATES: [Status; 6] =
        [Status::Pending, Status::Processed, Status::Disputed, Status::Failed, Status::Refunded, Status::Voided];

    /// The outcome of an action in the table.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Cell {
        /// It leads to this state.
        To(Status),
        /// It has no effect, because it was done before.
        Same,
        /// The state does not allow it.
        State,
        /// This person may not do it.
        Person,
        /// Card payments are not corrected by hand.
        Card,
    }

    use Cell::{Card, Person, Same, State, To};
    use Status::{Disputed, Processed, Voided};

    struct People {
        from: MemberId,
        to: MemberId,
        recorder: MemberId,
        other: MemberId,
    }

    fn payment(people: &People, status: Status, method: Method) -> Payment {
        Payment {
            id: PaymentId::new(),
            group_id: GroupId::new(),
            from: people.from,
            to: people.to,
            amount: Amount::new(12_50, Currency::from_code("EUR").unwrap()),
            paid: None,
            method,
            status,
            date: "2026-11-22".parse().unwrap(),
            note: None,
            created_by: people.recorder,
            created_at: Timestamp::EPOCH,
            confirmed_at: None,
            dispute_reason: None,
            refunded_minor: 0,
            payer_had_left: false,
            batch_id: None,
            version: 1,
        }
    }

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    fn cell(payment: &Payment, action: &str, by: MemberId) -> Cell {
        let now = "2026-11-23T09:30:00Z".parse().unwrap();
        let outcome = match action {
            "edit" => {
                let edit = Edit { note: NoteEdit::Set("other".to_owned()), ..Edit::default() };
                payment.edited(&edit, by, today()).map(|after| after.map(|after| after.status))
            }
            "confirm" => status_after(payment, &Action::Confirm, by, now),
            "dispute" => status_after(payment, &Action::Dispute { reason: "late".to_owned() }, by, now),
            _ => status_after(payment, &Action::Void, by, now),
        };
        match outcome {
            Ok(Some(status)) => To(status),
            Ok(None) => Same,
            Err(Refusal::NotInThisState) => State,
            Err(Refusal::CardByHand) => Card,
            Err(_) => Person,
        }
    }

    fn status_after(
        payment: &Payment,
        action: &Action,
        by: MemberId,
        now: Timestamp,
    ) -> Result<Option<Status>, Refusal> {
        Ok(payment.after(action, by, now)?.map(|(after, _)| after.status))
    }

    /// For each person, the outcome in each state.
    type Rows = [(&'static str, [Cell; 6]); 4];

    /// All actions by all persons (rows) in all states (columns, as in [`STATES`]).
    #[rustfmt::skip]
    const TABLE: [(&str, Rows); 4] = [
        ("confirm", [
            ("from",     [Person, Person, Person, Person, Person, Person]),
            ("to",       [State, To(Processed), To(Processed), State, State, State]),
            ("recorder", [Person, Person, Person, Person, Person, Person]),
            ("other",    [Person, Person, Person, Person, Person, Person]),
        ]),
        ("dispute", [
            ("from",     [State, To(Disputed), Same, State, State, State]),
            ("to",       [State, To(Disputed), Same, State, State, State]),
            ("recorder", [Person, Person, Person, Person, Person, Person]),
            ("other",    [Person, Person, Person, Person, Person, Person]),
        ]),
        ("void", [
            ("from",     [State, To(Voided), To(Voided), State, State, Same]),
            ("to",       [State, To(Voided), To(Voided), State, State, Same]),
            ("recorder", [State, To(Voided), To(Voided), State, State, Same]),
            ("other",    [Person, Person, Person, Person, Person, Person]),
        ]),
        ("edit", [
            ("from",     [State, To(Processed), To(Disputed), State, State, State]),
            ("to",       [State, To(Processed), To(Disputed), State, State, State]),
            ("recorder", [State, To(Processed), To(Disputed), State, State, State]),
            ("other",    [Person, Person, Person, Person, Person, Person]),
        ]),
    ];

    #[test]
    fn actions_have_the_outcomes_of_the_table() {
        let people =
            People { from: MemberId::new(), to: MemberId::new(), recorder: MemberId::new(), other: MemberId::new() };
        for (action, rows) in TABLE {
            for (person, cells) in rows {
                let by = match person {
                    "from" => people.from,
                    "to" => people.to,
                    "recorder" => people.recorder,
                    _ => people.other,
                };
                for (status, expected) in STATES.into_iter().zip(cells) {
                    let found = cell(&payment(&people, status, Method::Cash), action, by);
                    assert_eq!(found, expected, "{action} by {person} of a payment that is {status:?}");
                    let by_card = cell(&payment(&people, status, Method::Card), action, by);
                    let corrects = matches!(action, "void" | "edit") && expected != Person && expected != Same;
                    let expected = if corrects { Card } else { expected };
                    assert_eq!(by_card, expected, "{action} by {person} of a card payment that is {status:?}");
                }
            }
        }
    }

    #[test]
    fn repeated_actions_have_no_effect() {
        let people =
            People { from: MemberId::new(), to: MemberId::new(), recorder: MemberId::new(), other: MemberId::new() };
        let now = "2026-11-23T09:30:00Z".parse().unwrap();
        let (confirmed, _) =
            payment(&people, Processed, Method::Cash).after(&Action::Confirm, people.to, now).unwrap().unwrap();
        assert_eq!(confirmed.confirmed_at, Some(now));
        assert_eq!(confirmed.after(&Action::Confirm, people.to, now).unwrap(), None);
        assert_eq!(confirmed.edited(&Edit::default(), people.to, today()).unwrap(), None);
    }

    #[test]
    fn an_edit_and_a_dispute_by_the_receiver_remove_the_confirmation() {
        let people =
            People { from: MemberId::new(), to: MemberId::new(), recorder: MemberId::new(), other: MemberId::new() };
        let now = "2026-11-23T09:30:00Z".parse().unwrap();
        let confirmed = Payment { confirmed_at: Some(now), ..payment(&people, Processed, Method::Cash) };
        let edit = Edit { amount: Some(Amount::new(1_00, confirmed.amount.currency)), ..Edit::default() };
        let edited = confirmed.edited(&edit, people.from, today()).unwrap().unwrap();
        assert_eq!((edited.confirmed_at, edited.version, edited.amount.minor), (None, 2, 1_00));
        let dispute = Action::Dispute { reason: "it never came".to_owned() };
        let disputed = |by| confirmed.after(&dispute, by, now).unwrap().unwrap().0.confirmed_at;
        assert_eq!((disputed(people.to), disputed(people.from)), (None, Some(now)));
    }
}

//! Card payments: their start and their transitions to the state at the card's provider.

use chrono::NaiveDate;
use contracts::{
    Event, GroupId, MemberId, PaymentId, Timestamp,
    event::{PaymentRefund, PaymentStep},
    roster::Membership,
};
use money::Amount;
use serde::Serialize;

use super::{Method, Payment, Status, check_amount, check_people};
use crate::refusal::Refusal;

/// The reason of a dispute that the payer has opened with the card's provider.
const DISPUTED_AT_PROVIDER: &str = "The payer disputes it with the card's provider.";

/// A card payment that a person wants to make.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct NewCardPayment {
    pub(crate) group_id: GroupId,
    /// The receiver.
    pub(crate) to: MemberId,
    #[serde(with = "contracts::amount")]
    pub(crate) amount: Amount,
}

/// The state of a payment at the card's provider. It does not depend on the events that led to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CardState {
    pub(crate) progress: Progress,
    /// The refunded or charged-back amount, in minor units.
    pub(crate) returned_minor: i64,
    pub(crate) dispute: Dispute,
}

/// Whether the money of a card payment has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// It may still move; a failed attempt can be followed by another.
    Open,
    /// It has moved.
    Succeeded,
    /// It will never move.
    Canceled,
}

/// A dispute with the card's provider. What a lost one takes is a returned amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dispute {
    /// There is none, or it does not matter.
    None,
    /// It is open.
    Open,
    /// It has ended.
    Ended,
}

impl Payment {
    /// Creates a card payment of the caller. It does not affect balances until its money has moved.
    pub(crate) fn started(
        id: PaymentId,
        new: &NewCardPayment,
        group: &Membership,
        (now, today): (Timestamp, NaiveDate),
    ) -> Result<Self, Refusal> {
        let from = group.member.member_id;
        check_people(from, new.to, &group.roster)?;
        check_amount("input.amount.amount", new.amount)?;
        Ok(Self {
            id,
            group_id: new.group_id,
            from,
            to: new.to,
            amount: new.amount,
            paid: None,
            method: Method::Card,
            status: Status::Pending,
            date: today,
            note: None,
            created_by: from,
            created_at: now,
            confirmed_at: None,
            dispute_reason: None,
            refunded_minor: 0,
            payer_had_left: false,
            batch_id: None,
            version: 1,
        })
    }

    /// Returns the next step towards the state at the card's provider, with its event; `None` if the payment is up to
    /// date. A step depends on that state alone, so that the order of events does not matter.
    pub(crate) fn next_step(&self, state: &CardState) -> Option<(Self, Event)> {
        match (self.status, state.progress) {
            (Status::Pending, Progress::Canceled) => {
                let after = Self { status: Status::Failed, ..self.next_version() };
                let event = Event::PaymentFailed(after.facts());
                Some((after, event))
            }
            // A payment that was given up may still have been paid at the last moment.
            (Status::Pending | Status::Failed, Progress::Succeeded) => {
                let after = Self { status: Status::Processed, ..self.next_version() };
                let event = after.processed();
                Some((after, event))
            }
            (Status::Processed | Status::Disputed | Status::Refunded, _) => {
                self.refund_step(state).or_else(|| self.dispute_step(state.dispute))
            }
            _ => None,
        }
    }

    fn refund_step(&self, state: &CardState) -> Option<(Self, Event)> {
        let refunded_minor = state.returned_minor.clamp(0, self.amount.minor);
        if refunded_minor == self.refunded_minor {
            return None;
        }
        let status = match self.status {
            _ if refunded_minor == self.amount.minor => Status::Refunded,
            Status::Refunded => Status::Processed,
            other => other,
        };
        let after = Self { status, refunded_minor, ..self.next_version() };
        let payment = after.facts();
        let refund = PaymentRefund { payment, before_minor: self.refunded_minor, after_minor: refunded_minor };
        Some((after, Event::PaymentRefunded(refund)))
    }

    fn dispute_step(&self, dispute: Dispute) -> Option<(Self, Event)> {
        match (self.status, dispute) {
            (Status::Processed, Dispute::Open) => {
                let reason = Some(DISPUTED_AT_PROVIDER.to_owned());
                let after = Self { status: Status::Disputed, dispute_reason: reason.clone(), ..self.next_version() };
                let step = PaymentStep { payment: after.facts(), by: self.from, reason };
                Some((after, Event::PaymentDisputed(step)))
            }
            // What a person reports here ends only here.
            (Status::Disputed, Dispute::Ended) if self.dispute_reason.as_deref() == Some(DISPUTED_AT_PROVIDER) => {
                let after = Self { status: Status::Processed, dispute_reason: None, ..self.next_version() };
                let event = Event::PaymentDisputeEnded(after.facts());
                Some((after, event))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use contracts::{UserId, event::MemberFacts, roster::Roster};
    use money::Currency;

    use super::*;
    use crate::payment::{Action, postings};

    fn started() -> Payment {
        let member = || MemberFacts {
            member_id: MemberId::new(),
            user_id: Some(UserId::new()),
            name: "Ada".to_owned(),
            left: false,
        };
        let (currency, members) = (Currency::from_code("EUR").unwrap(), vec![member(), member()]);
        let (group_id, name) = (GroupId::new(), "Trip".to_owned());
        let roster = Roster { name, ..Roster::new(group_id, currency, members) };
        let (to, member) = (roster.members[1].member_id, roster.members[0].clone());
        let new = NewCardPayment { group_id: roster.group_id, to, amount: Amount::new(30_00, currency) };
        let now = "2026-11-22T09:30:00Z".parse().unwrap();
        Payment::started(PaymentId::new(), &new, &Membership { roster, member }, (now, "2026-11-22".parse().unwrap()))
            .unwrap()
    }

    fn state(progress: Progress, returned_minor: i64, dispute: Dispute) -> CardState {
        CardState { progress, returned_minor, dispute }
    }

    /// Makes all steps to a state; returns the payment, and what they have added to the payer's balance.
    fn follow(payment: &Payment, state: &CardState) -> (Payment, i64) {
        let (mut payment, mut moved) = (payment.clone(), 0);
        while let Some((after, event)) = payment.next_step(state) {
            assert_eq!(after.version, payment.version + 1);
            for entry in postings(&event).unwrap() {
                moved += entry.nets()[&(payment.from, payment.amount.currency)];
            }
            payment = after;
        }
        (payment, moved)
    }

    #[test]
    fn the_result_depends_only_on_the_last_state_at_the_provider() {
        use Progress::{Canceled, Open, Succeeded};
        let states = [
            (state(Open, 0, Dispute::None), Status::Pending, 0),
            (state(Canceled, 0, Dispute::None), Status::Failed, 0),
            (state(Succeeded, 0, Dispute::None), Status::Processed, 30_00),
            (state(Succeeded, 10_00, Dispute::None), Status::Processed, 20_00),
            (state(Succeeded, 30_00, Dispute::None), Status::Refunded, 0),
            (state(Succeeded, 40_00, Dispute::None), Status::Refunded, 0),
            (state(Succeeded, 0, Dispute::Open), Status::Disputed, 30_00),
            (state(Succeeded, 10_00, Dispute::Open), Status::Disputed, 20_00),
            (state(Succeeded, 10_00, Dispute::Ended), Status::Processed, 20_00),
        ];
        for (last, status, counted) in &states {
            let (payment, moved) = follow(&started(), last);
            assert_eq!((payment.status, moved), (*status, *counted), "{last:?}");
            // A repetition has no effect.
            assert_eq!(payment.next_step(last), None);
        }
        // By way of each other state in which the money has moved.
        for (first, ..) in states.iter().filter(|(state, ..)| state.progress == Succeeded) {
            let (between, moved_first) = follow(&started(), first);
            for (last, _, counted) in states.iter().filter(|(state, ..)| state.progress == Succeeded) {
                let (payment, moved) = follow(&between, last);
                assert_eq!(moved_first + moved, *counted, "{first:?}, then {last:?}");
                let counts = [Status::Processed, Status::Disputed].contains(&payment.status);
                assert_eq!(if counts { payment.counted_minor() } else { 0 }, *counted, "{first:?}, then {last:?}");
                assert!(!counts || payment.row().amount.minor == *counted, "others are told what counts");
            }
        }
    }

    #[test]
    fn a_dispute_that_a_person_reports_does_not_end_with_one_at_the_provider() {
        let ended = state(Progress::Succeeded, 0, Dispute::Ended);
        let (paid, _) = follow(&started(), &ended);
        let reason = "it never came".to_owned();
        let by_hand = Action::Dispute { reason: reason.clone() };
        let (disputed, _) = paid.after(&by_hand, paid.to, Timestamp::EPOCH).unwrap().unwrap();
        let (still, _) = follow(&disputed, &ended);
        assert_eq!((still.status, still.dispute_reason), (Status::Disputed, Some(reason)));
    }

    #[test]
    fn a_payment_that_was_given_up_counts_if_it_was_paid_after_all() {
        let (failed, _) = follow(&started(), &state(Progress::Canceled, 0, Dispute::None));
        let (paid, moved) = follow(&failed, &state(Progress::Succeeded, 0, Dispute::None));
        assert_eq!((paid.status, moved), (Status::Processed, 30_00));
    }
}

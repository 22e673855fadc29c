//! What groups and payments would do for an import.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::NaiveDate;
use contracts::{
    GroupId, MemberId, PaymentId,
    ask::{Asker, Denied, Unavailable},
    event::MemberFacts,
    payments::{GroupPayments, PaymentPlace, PaymentRow, PaymentsQuestion},
    roster::{Roster, Rosters},
    taking_over::{GroupMaker, PaymentRecorder, PaymentToRecord},
    testing::FixedRosters,
};
use money::{Amount, Currency};

/// Groups and payments, as far as an import asks them.
pub struct Elsewhere {
    rosters: Arc<FixedRosters>,
    made: Mutex<Vec<(String, Roster)>>,
    recorded: Mutex<Vec<PaymentToRecord>>,
    /// What payments knows of the group of the fixture, the latest first.
    known: Mutex<Vec<PaymentRow>>,
    /// How many payments are recorded before payments is away once.
    fails_after: Mutex<Option<usize>>,
}

impl Elsewhere {
    pub fn over(rosters: &Arc<FixedRosters>) -> Self {
        let (made, recorded) = (Mutex::default(), Mutex::default());
        Self { rosters: Arc::clone(rosters), made, recorded, known: Mutex::default(), fails_after: Mutex::default() }
    }

    /// The groups that were made, with their names.
    pub fn made(&self) -> Vec<(String, Roster)> {
        self.made.lock().unwrap().clone()
    }

    /// The payments that were recorded, each once.
    pub fn recorded(&self) -> Vec<PaymentToRecord> {
        self.recorded.lock().unwrap().clone()
    }

    /// Payments knows this payment.
    pub fn pay(&self, date: &str, from: MemberId, to: MemberId, amount: Amount, note: Option<&str>) {
        let place = PaymentPlace { date: date.parse().unwrap(), payment_id: PaymentId::new() };
        let mut known = self.known.lock().unwrap();
        known.push(PaymentRow { place, from, to, amount, note: note.map(str::to_owned) });
        known.sort_by_key(|payment| std::cmp::Reverse(order(payment.place)));
    }

    /// The payments that payments knows.
    pub fn known(&self) -> Vec<PaymentRow> {
        self.known.lock().unwrap().clone()
    }

    /// Payments will be away once, after so many are recorded.
    pub fn fail_after(&self, payments: usize) {
        *self.fails_after.lock().unwrap() = Some(payments);
    }
}

fn order(place: PaymentPlace) -> (NaiveDate, PaymentId) {
    (place.date, place.payment_id)
}

fn member(user: Option<&str>, name: &str) -> MemberFacts {
    let user_id = user.map(|user| user.parse().unwrap());
    MemberFacts { member_id: MemberId::new(), user_id, name: name.to_owned(), left: false }
}

#[async_trait]
impl GroupMaker for Elsewhere {
    async fn create_group(&self, asker: &Asker, name: &str, currency: Currency) -> Result<GroupId, Denied> {
        let Asker::Person { token, .. } = asker else { panic!("a service makes no group") };
        let members = vec![member(Some(token), "Ada")];
        let (group_id, name) = (GroupId::new(), name.to_owned());
        let roster = Roster { group_id, name: name.clone(), version: 1, currency, archived: false, members };
        self.rosters.put(roster.clone());
        self.made.lock().unwrap().push((name, roster.clone()));
        Ok(roster.group_id)
    }

    async fn add_guest(&self, _: &Asker, group: GroupId, name: &str) -> Result<MemberId, Denied> {
        let mut made = self.made.lock().unwrap();
        let (_, roster) = made.iter_mut().find(|(_, roster)| roster.group_id == group).unwrap();
        let guest = member(None, name);
        roster.members.push(guest.clone());
        self.rosters.put(roster.clone());
        Ok(guest.member_id)
    }
}

#[async_trait]
impl PaymentRecorder for Elsewhere {
    async fn record(&self, _: &Asker, payment: &PaymentToRecord) -> Result<(), Denied> {
        let mut recorded = self.recorded.lock().unwrap();
        let mut fails_after = self.fails_after.lock().unwrap();
        if *fails_after == Some(recorded.len()) {
            *fails_after = None;
            return Err(Unavailable { owner: "payments", reason: "away".to_owned() }.into());
        }
        if recorded.iter().all(|known| known.idempotency_key != payment.idempotency_key) {
            recorded.push(payment.clone());
        }
        Ok(())
    }
}

#[async_trait]
impl GroupPayments for Elsewhere {
    async fn payments(&self, asker: &Asker, question: &PaymentsQuestion) -> Result<Vec<PaymentRow>, Unavailable> {
        if self.rosters.rosters(asker, &[question.group]).await?.is_empty() {
            return Ok(Vec::new());
        }
        let is_wanted = |payment: &PaymentRow| question.after.is_none_or(|after| order(payment.place) < order(after));
        Ok(self.known().into_iter().filter(is_wanted).take(question.first).collect())
    }
}

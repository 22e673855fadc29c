//! Stand-ins for groups and payments in tests of imports.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::NaiveDate;
use contracts::{
    GroupId, MemberId, PaymentId, Refusal, UserId,
    ask::{Asker, Denied, Unavailable},
    event::MemberFacts,
    payments::{GroupPayments, PaymentPlace, PaymentRow, PaymentsQuestion},
    roster::{Roster, Rosters},
    taking_over::{GroupMaker, PaymentRecorder, PaymentToRecord},
    testing::{FixedRosters, person},
};
use money::{Amount, Currency};
use tokio::sync::Notify;

/// The parts of groups and payments that an import uses.
pub(crate) struct Elsewhere {
    rosters: Arc<FixedRosters>,
    made: Mutex<Vec<(String, Roster)>>,
    recorded: Mutex<Vec<PaymentToRecord>>,
    /// The payments of the fixture's group, the latest first.
    known: Mutex<Vec<PaymentRow>>,
    /// After how many recorded payments the next request fails once.
    fails_after: Mutex<Option<usize>>,
    /// The recorded payments that are not voided.
    counting: Mutex<Vec<(GroupId, PaymentRow)>>,
    /// The refusal of every payment, if any.
    refuses: Mutex<Option<Refusal>>,
    /// The idempotency keys of the created groups.
    keys: Mutex<Vec<(String, GroupId)>>,
    /// After how many calls the calling process is to be killed.
    dies_after: Mutex<Option<usize>>,
    death: Notify,
}

impl Elsewhere {
    pub(crate) fn over(rosters: &Arc<FixedRosters>) -> Self {
        let (made, recorded) = (Mutex::default(), Mutex::default());
        let (known, fails_after, counting, refuses) =
            (Mutex::default(), Mutex::default(), Mutex::default(), Mutex::default());
        let (keys, dies_after) = (Mutex::default(), Mutex::default());
        let rosters = Arc::clone(rosters);
        Self { rosters, made, recorded, known, fails_after, counting, refuses, keys, dies_after, death: Notify::new() }
    }

    /// Returns the created groups with their names.
    pub(crate) fn made(&self) -> Vec<(String, Roster)> {
        self.made.lock().unwrap().clone()
    }

    /// Returns the recorded payments without repetitions.
    pub(crate) fn recorded(&self) -> Vec<PaymentToRecord> {
        self.recorded.lock().unwrap().clone()
    }

    /// Adds a payment to those of the fixture's group.
    pub(crate) fn pay(&self, date: &str, from: MemberId, to: MemberId, amount: Amount, note: Option<&str>) {
        let place = PaymentPlace { date: date.parse().unwrap(), payment_id: PaymentId::new() };
        let mut known = self.known.lock().unwrap();
        known.push(PaymentRow { place, from, to, amount, note: note.map(str::to_owned) });
        known.sort_by_key(|payment| std::cmp::Reverse(order(payment.place)));
    }

    /// Returns the payments of the fixture's group.
    pub(crate) fn known(&self) -> Vec<PaymentRow> {
        self.known.lock().unwrap().clone()
    }

    /// Counts the recorded payments that are not voided.
    pub(crate) fn counting(&self) -> usize {
        self.counting.lock().unwrap().len()
    }

    /// Refuses every payment from now on.
    pub(crate) fn refuse(&self, refusal: Refusal) {
        *self.refuses.lock().unwrap() = Some(refusal);
    }

    /// Simulates a crash of the calling process after this many calls: the last call takes effect but never returns.
    pub(crate) fn die_after(&self, calls: usize) {
        *self.dies_after.lock().unwrap() = Some(calls);
    }

    /// Waits for the simulated crash; another process may call afterwards.
    pub(crate) async fn death(&self) {
        self.death.notified().await;
    }

    async fn die_in_time(&self) {
        let is_dead = {
            let mut left = self.dies_after.lock().unwrap();
            *left = left.and_then(|left| left.checked_sub(1));
            *left == Some(0)
        };
        if is_dead {
            self.death.notify_one();
            std::future::pending::<()>().await;
        }
    }

    /// Makes one request fail after this many recorded payments.
    pub(crate) fn fail_after(&self, payments: usize) {
        *self.fails_after.lock().unwrap() = Some(payments);
    }
}

fn order(place: PaymentPlace) -> (NaiveDate, PaymentId) {
    (place.date, place.payment_id)
}

fn member(user_id: Option<UserId>, name: &str) -> MemberFacts {
    MemberFacts { member_id: MemberId::new(), user_id, name: name.to_owned(), left: false }
}

#[async_trait]
impl GroupMaker for Elsewhere {
    async fn create_group(&self, asker: &Asker, name: &str, currency: Currency, key: &str) -> Result<GroupId, Denied> {
        let owner = person(asker).expect("a group is made for a person");
        let known = self.keys.lock().unwrap().iter().find(|(known, _)| known == key).map(|(_, group)| *group);
        if let Some(group) = known {
            return Ok(group);
        }
        let members = vec![member(Some(owner), "Ada")];
        let (group_id, name) = (GroupId::new(), name.to_owned());
        let roster = Roster { name: name.clone(), ..Roster::new(group_id, currency, members) };
        self.rosters.put(roster.clone());
        self.made.lock().unwrap().push((name, roster.clone()));
        self.keys.lock().unwrap().push((key.to_owned(), roster.group_id));
        self.die_in_time().await;
        Ok(roster.group_id)
    }

    async fn archive_group(&self, _: &Asker, group: GroupId) -> Result<(), Denied> {
        let mut made = self.made.lock().unwrap();
        let (_, roster) = made.iter_mut().find(|(_, roster)| roster.group_id == group).unwrap();
        roster.archived = true;
        self.rosters.put(roster.clone());
        Ok(())
    }

    async fn add_guest(&self, _: &Asker, group: GroupId, name: &str) -> Result<MemberId, Denied> {
        let guest = member(None, name);
        {
            let mut made = self.made.lock().unwrap();
            let (_, roster) = made.iter_mut().find(|(_, roster)| roster.group_id == group).unwrap();
            roster.members.push(guest.clone());
            self.rosters.put(roster.clone());
        }
        self.die_in_time().await;
        Ok(guest.member_id)
    }
}

#[async_trait]
impl PaymentRecorder for Elsewhere {
    async fn record(&self, _: &Asker, payment: &PaymentToRecord) -> Result<(), Denied> {
        {
            let mut recorded = self.recorded.lock().unwrap();
            if let Some(refusal) = self.refuses.lock().unwrap().clone() {
                return Err(refusal.into());
            }
            let mut fails_after = self.fails_after.lock().unwrap();
            if *fails_after == Some(recorded.len()) {
                *fails_after = None;
                return Err(Unavailable { owner: "payments", reason: "away".to_owned() }.into());
            }
            if recorded.iter().all(|known| known.idempotency_key != payment.idempotency_key) {
                recorded.push(payment.clone());
                let place = PaymentPlace { date: payment.date, payment_id: PaymentId::new() };
                let PaymentToRecord { group_id, from, to, amount, note, .. } = payment.clone();
                self.counting.lock().unwrap().push((group_id, PaymentRow { place, from, to, amount, note }));
            }
        }
        self.die_in_time().await;
        Ok(())
    }

    async fn void(&self, _: &Asker, payment: PaymentId) -> Result<(), Denied> {
        self.counting.lock().unwrap().retain(|(_, row)| row.place.payment_id != payment);
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
        let counting = self.counting.lock().unwrap().clone().into_iter();
        let of_group = counting.filter(|(group, _)| *group == question.group).map(|(_, payment)| payment);
        Ok(self.known().into_iter().chain(of_group).filter(is_wanted).take(question.first).collect())
    }
}

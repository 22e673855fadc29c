//! What groups and payments would do for an import.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use contracts::{
    GroupId, MemberId,
    ask::{Asker, Denied, Unavailable},
    event::MemberFacts,
    roster::Roster,
    taking_over::{GroupMaker, PaymentRecorder, PaymentToRecord},
    testing::FixedRosters,
};
use money::Currency;

/// Groups and payments, as far as an import asks them.
pub struct Elsewhere {
    rosters: Arc<FixedRosters>,
    made: Mutex<Vec<(String, Roster)>>,
    recorded: Mutex<Vec<PaymentToRecord>>,
    /// How many payments are recorded before payments is away once.
    fails_after: Mutex<Option<usize>>,
}

impl Elsewhere {
    pub fn over(rosters: &Arc<FixedRosters>) -> Self {
        let (made, recorded) = (Mutex::default(), Mutex::default());
        Self { rosters: Arc::clone(rosters), made, recorded, fails_after: Mutex::default() }
    }

    /// The groups that were made, with their names.
    pub fn made(&self) -> Vec<(String, Roster)> {
        self.made.lock().unwrap().clone()
    }

    /// The payments that were recorded, each once.
    pub fn recorded(&self) -> Vec<PaymentToRecord> {
        self.recorded.lock().unwrap().clone()
    }

    /// Payments will be away once, after so many are recorded.
    pub fn fail_after(&self, payments: usize) {
        *self.fails_after.lock().unwrap() = Some(payments);
    }
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
        let roster = Roster { group_id: GroupId::new(), version: 1, currency, archived: false, members };
        self.rosters.put(roster.clone());
        self.made.lock().unwrap().push((name.to_owned(), roster.clone()));
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

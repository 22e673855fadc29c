//! A group of three users and a guest, and helpers for tests.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use chrono::NaiveDate;
use contracts::{
    ExpenseId, GroupId, MemberId, Timestamp, UserId,
    ask::{Asker, Unavailable},
    causes::{CausePlace, CauseRow, Causes, CausesQuestion},
    ledger::GroupLedger,
    ledgers::{ExpenseLedgers, LedgerOfGroup},
    nets::{NetRow, Nets},
    pay_handles::{PayHandle, PayHandles},
    roster::{Roster, Rosters, SharedGroups},
    testing::{FixedRosters, roster},
};
use kit::{
    Caller, Subgraph,
    role::Resources,
    testing::{TestSubgraph, person, resources, through_router},
};
use money::{Currency, Ledger, ledger::Entry};
use payments::{Config, FixedFees, Owners, Services};
use serde_json::{Value, json};

pub(crate) const RECORD: &str = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) {
    id version method status date note amount { amount currency } from { id } to { id } createdBy { id } group { id }
    confirmedAt } }";

/// As many currencies as a group's ledger has room for; all with cents.
pub(crate) const CURRENCIES: [&str; 20] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "GBP", "HUF", "ILS", "INR", "MXN", "NOK", "NZD", "PLN", "RON",
    "SEK", "THB", "USD", "ZAR",
];

/// Short enough for tests to wait for a heartbeat.
const HEARTBEAT_MS: u64 = 50;

/// A stand-in for groups: returns rosters to their members, counts requests, and can be made unreachable.
#[derive(Default)]
pub(crate) struct Groups {
    pub(crate) fixed: FixedRosters,
    pub(crate) asked: AtomicUsize,
    pub(crate) down: AtomicBool,
    /// The users of signed tokens; other tokens are the id of their user.
    pub(crate) signed: Mutex<HashMap<String, UserId>>,
}

#[async_trait]
impl Rosters for Groups {
    async fn rosters(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, Roster>, Unavailable> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.down.load(Ordering::SeqCst) {
            return Err(Unavailable { owner: "groups", reason: "it is down".to_owned() });
        }
        let Asker::Person { token, trace } = asker else { return self.fixed.rosters(asker, groups).await };
        let signed = self.signed.lock().unwrap().get(token).copied();
        let Some(user) = signed.or_else(|| token.parse().ok()) else { return Ok(HashMap::new()) };
        let asker = Asker::Person { token: user.to_string(), trace: *trace };
        let mut rosters = self.fixed.rosters(&asker, groups).await?;
        rosters.retain(|_, roster| roster.active_member_of(user).is_some());
        Ok(rosters)
    }
}

#[async_trait]
impl SharedGroups for Groups {
    async fn shared_with(&self, asker: &Asker, other: UserId) -> Result<Vec<Roster>, Unavailable> {
        self.fixed.shared_with(asker, other).await
    }
}

/// A stand-in for the past nets of expenses: the same for every group and moment, empty by default.
#[derive(Default)]
pub(crate) struct Past(Mutex<Vec<NetRow>>);

impl Past {
    /// Sets the expense nets of members, in minor units of euros.
    pub(crate) fn set(&self, nets: &[(MemberId, i64)]) {
        let currency = Currency::from_code("EUR").unwrap();
        let row = |&(member_id, amount_minor): &(_, _)| NetRow { member_id, currency, amount_minor };
        *self.0.lock().unwrap() = nets.iter().map(row).collect();
    }
}

#[async_trait]
impl Nets for Past {
    async fn nets_at(&self, _: &Asker, _: GroupId, _: Timestamp) -> Result<Vec<NetRow>, Unavailable> {
        Ok(self.0.lock().unwrap().clone())
    }
}

/// A stand-in for the present ledgers of expenses, empty by default. Answers only services.
#[derive(Default)]
pub(crate) struct KnownLedgers {
    known: Mutex<HashMap<GroupId, LedgerOfGroup>>,
    pub(crate) down: AtomicBool,
}

impl KnownLedgers {
    /// Sets the debts of a group: debtor, creditor, minor units and currency.
    pub(crate) fn set(&self, group: GroupId, debts: &[(MemberId, MemberId, i64, &str)]) {
        let mut ledger = Ledger::default();
        for (from, to, minor, code) in debts {
            let currency = Currency::from_code(code).unwrap();
            ledger.apply(&Entry::of(&[(*to, *minor)], &[(*from, *minor)], currency).unwrap()).unwrap();
        }
        let ledger = GroupLedger::from(&ledger);
        self.put(LedgerOfGroup { group_id: group, version: 1, ledger_version: Some(1), ledger });
    }

    /// Sets the version of a group without debts.
    pub(crate) fn set_version(&self, group_id: GroupId, version: i64) {
        self.put(LedgerOfGroup { group_id, version, ledger_version: Some(0), ledger: GroupLedger::default() });
    }

    fn put(&self, of: LedgerOfGroup) {
        self.known.lock().unwrap().insert(of.group_id, of);
    }
}

#[async_trait]
impl ExpenseLedgers for KnownLedgers {
    async fn ledgers(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, LedgerOfGroup>, Unavailable> {
        assert!(matches!(asker, Asker::Service { .. }), "people are not told");
        if self.down.load(Ordering::SeqCst) {
            return Err(Unavailable { owner: "expenses", reason: "it is down".to_owned() });
        }
        let known = self.known.lock().unwrap();
        Ok(groups.iter().filter_map(|group| Some((*group, known.get(group)?.clone()))).collect())
    }
}

/// A stand-in for users: the pay handles of people, and a record of the requests.
#[derive(Default)]
pub(crate) struct KnownHandles {
    pub(crate) known: Mutex<HashMap<UserId, Vec<PayHandle>>>,
    pub(crate) asked: Mutex<Vec<UserId>>,
}

#[async_trait]
impl PayHandles for KnownHandles {
    async fn pay_handles(
        &self,
        asker: &Asker,
        users: &[UserId],
    ) -> Result<HashMap<UserId, Vec<PayHandle>>, Unavailable> {
        assert!(matches!(asker, Asker::Service { .. }), "people are not told");
        self.asked.lock().unwrap().extend(users);
        let known = self.known.lock().unwrap();
        Ok(users.iter().filter_map(|user| Some((*user, known.get(user)?.clone()))).collect())
    }
}

/// An expense in the stand-in for expenses, in euros.
#[derive(Clone)]
pub(crate) struct KnownExpense {
    pub(crate) place: CausePlace,
    pub(crate) date: NaiveDate,
    pub(crate) paid: Vec<(MemberId, i64)>,
    pub(crate) shares: Vec<(MemberId, i64)>,
}

/// A stand-in for the explanations of expenses, the newest first.
#[derive(Default)]
pub(crate) struct KnownExpenses(Mutex<Vec<KnownExpense>>);

impl KnownExpenses {
    /// Adds an expense on a day.
    pub(crate) fn add(&self, date: &str, paid: &[(MemberId, i64)], shares: &[(MemberId, i64)]) {
        let place = CausePlace { sorted_by: date.to_owned(), expense_id: ExpenseId::new() };
        let (date, paid, shares) = (date.parse().unwrap(), paid.to_vec(), shares.to_vec());
        let mut known = self.0.lock().unwrap();
        known.push(KnownExpense { place, date, paid, shares });
        known.sort_by(|a, b| (&b.place.sorted_by, b.place.expense_id).cmp(&(&a.place.sorted_by, a.place.expense_id)));
    }
}

#[async_trait]
impl Causes for KnownExpenses {
    async fn causes(&self, _: &Asker, question: &CausesQuestion) -> Result<Vec<CauseRow>, Unavailable> {
        let known = self.0.lock().unwrap().clone();
        let rows = known.iter().filter_map(|expense| {
            let entry = Entry::of(&expense.paid, &expense.shares, question.currency).unwrap();
            let debt = |from, to| entry.debts().get(&(from, to, question.currency)).copied().unwrap_or(0);
            let amount_minor = match question.owed_to {
                None => entry.nets().get(&(question.member, question.currency)).copied().unwrap_or(0),
                Some(other) => debt(question.member, other) - debt(other, question.member),
            };
            let row = CauseRow { place: expense.place.clone(), date: expense.date, amount_minor };
            (amount_minor != 0).then_some(row)
        });
        let is_after = |row: &CauseRow| {
            let after = question.after.as_ref();
            after
                .is_none_or(|after| (&row.place.sorted_by, row.place.expense_id) < (&after.sorted_by, after.expense_id))
        };
        Ok(rows.filter(is_after).take(question.first).collect())
    }
}

/// A configuration without cards and with unreachable subgraphs.
pub(crate) fn config() -> Config {
    let nowhere: reqwest::Url = "http://127.0.0.1:9".parse().unwrap();
    Config {
        groups_url: nowhere.clone(),
        users_url: nowhere.clone(),
        expenses_url: nowhere.clone(),
        heartbeat_ms: HEARTBEAT_MS,
        settlement_searches: 2,
        app_url: "https://quits.example".parse().unwrap(),
        stripe_secret_key: None,
        stripe_publishable_key: None,
        stripe_webhook_secrets: None,
        stripe_script_url: nowhere.clone(),
        stripe_url: nowhere,
        card_fee_basis_points: 0,
        card_fee_fixed: FixedFees::default(),
    }
}

/// A running subgraph that knows one group of three users and a guest.
pub(crate) struct Fixture {
    pub(crate) subgraph: TestSubgraph<Services>,
    pub(crate) groups: Arc<Groups>,
    pub(crate) group: Roster,
    pub(crate) users: Vec<UserId>,
    pub(crate) expenses: Arc<KnownExpenses>,
    pub(crate) past: Arc<Past>,
    pub(crate) ledgers: Arc<KnownLedgers>,
    pub(crate) handles: Arc<KnownHandles>,
}

impl Fixture {
    pub(crate) async fn open() -> Self {
        Self::over(resources::<Services>(config()).await)
    }

    pub(crate) fn over(resources: Resources<Config, GroupLedger>) -> Self {
        let groups = Arc::new(Groups::default());
        let users: Vec<_> = std::iter::repeat_with(UserId::new).take(3).collect();
        let group = roster(&users, 1);
        groups.fixed.put(group.clone());
        let expenses = Arc::new(KnownExpenses::default());
        let known: Arc<dyn Causes> = Arc::clone(&expenses) as _;
        let port: Arc<dyn Rosters> = Arc::clone(&groups) as _;
        let past = Arc::new(Past::default());
        let (ledgers, handles) = (Arc::new(KnownLedgers::default()), Arc::new(KnownHandles::default()));
        let owners = Owners {
            rosters: port,
            shared: Arc::clone(&groups) as _,
            past: Arc::clone(&past) as _,
            ledgers: Arc::clone(&ledgers) as _,
            causes: known,
            pay_handles: Arc::clone(&handles) as _,
        };
        let services = Services::new(&resources, owners).unwrap();
        let subgraph = TestSubgraph::new(Arc::new(services), resources);
        Self { subgraph, groups, group, users, expenses, past, ledgers, handles }
    }

    pub(crate) fn caller(&self, user: usize) -> Caller {
        person(self.users[user])
    }

    /// Fails if a payment differs from the last event about it.
    pub(crate) async fn verify_documents(&self) {
        for kind in Services::documents() {
            let verified = self.subgraph.resources.journal.verify_documents(&kind).await.unwrap();
            verified.expect("documents say what the journal says");
        }
    }

    pub(crate) fn router(&self, user: usize) -> Caller {
        through_router(self.caller(user))
    }

    pub(crate) fn member(&self, place: usize) -> MemberId {
        self.group.members[place].member_id
    }

    /// Makes a member leave the group.
    pub(crate) fn leave(&mut self, place: usize) {
        self.group.members[place].left = true;
        self.groups.fixed.put(self.group.clone());
    }

    /// Makes members a household.
    pub(crate) fn settle_together(&mut self, places: &[usize]) {
        let household = places.iter().map(|place| self.member(*place)).collect();
        self.group.households.push(household);
        self.groups.fixed.put(self.group.clone());
    }

    /// A payment of 30.00 EUR in cash from the second member to the first.
    pub(crate) fn cash(&self, key: &str) -> Value {
        json!({
            "groupId": self.group.group_id.to_string(),
            "fromMemberId": self.member(1).to_string(),
            "toMemberId": self.member(0).to_string(),
            "amount": { "amount": "30.00", "currency": "EUR" },
            "idempotencyKey": key,
        })
    }

    /// The cash payment with some fields replaced.
    pub(crate) fn cash_with(&self, key: &str, changes: &Value) -> Value {
        let mut cash = self.cash(key);
        for (field, value) in changes.as_object().unwrap() {
            cash[field] = value.clone();
        }
        cash
    }

    pub(crate) async fn record(&self, user: usize, input: Value) -> Value {
        self.subgraph.data(&self.caller(user), RECORD, json!({ "input": input })).await["recordPayment"].take()
    }

    /// Returns the code and the field of a refusal.
    pub(crate) async fn refusal(&self, caller: &Caller, input: Value) -> (String, String) {
        let answer = self.subgraph.ask(caller, RECORD, json!({ "input": input })).await;
        assert_eq!(answer["data"], Value::Null, "{answer:#}");
        let extensions = &answer["errors"][0]["extensions"];
        let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("field"))
    }

    /// The router's representation of the group, with the expense nets of 100.00 EUR that the first user paid for the
    /// three users.
    pub(crate) fn represented(&self) -> Value {
        let net = |place: usize, amount: &str| json!({ "memberId": self.member(place).to_string(), "amount": amount, "currency": "EUR" });
        let debt = |place: usize| {
            let (from, to) = (self.member(place).to_string(), self.member(0).to_string());
            json!({ "from": from, "to": to, "amount": "33.33", "currency": "EUR" })
        };
        json!({
            "__typename": "Group",
            "id": self.group.group_id.to_string(),
            "simplify": true,
            "expenseNets": {
                "version": 4,
                "nets": [net(0, "66.66"), net(1, "-33.33"), net(2, "-33.33")],
                "debts": [debt(1), debt(2)],
            },
        })
    }
}

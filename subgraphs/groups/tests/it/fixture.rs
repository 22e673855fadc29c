//! The fixture of the tests: the subgraph on its own database, with stand-ins for the subgraphs it asks.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use contracts::{
    GroupId, MemberId, Timestamp, UserId,
    ask::{Asker, Unavailable},
    nets::{NetRow, Nets},
    profile::{Profile, Profiles},
};
use groups::{Owners, Services, config::Config};
use kit::{
    Caller,
    role::Resources,
    testing::{Commands, TestSubgraph, person, recorded_resources, resources},
};
use money::Currency;
use serde_json::{Value, json};

const MEMBERS: &str = "id name role state isGuest user { id }";

/// A stand-in for users, with names and friendships from the test. The token of a person is the user id.
#[derive(Default)]
pub(crate) struct FixedProfiles {
    names: Mutex<HashMap<UserId, String>>,
    friends: Mutex<HashSet<[UserId; 2]>>,
}

#[async_trait]
impl Profiles for FixedProfiles {
    async fn own(&self, asker: &Asker) -> Result<Profile, Unavailable> {
        let Asker::Person { token, .. } = asker else { panic!("only people are asked for") };
        let user_id = token.parse().unwrap();
        let name = self.names.lock().unwrap().get(&user_id).cloned();
        let unknown = || Unavailable { owner: "users", reason: "nobody of that name".to_owned() };
        Ok(Profile { user_id, name: name.ok_or_else(unknown)? })
    }

    async fn friend(&self, asker: &Asker, user_id: UserId) -> Result<Option<Profile>, Unavailable> {
        let own = self.own(asker).await?.user_id;
        let are_friends = self.friends.lock().unwrap().contains(&[own.min(user_id), own.max(user_id)]);
        let name = self.names.lock().unwrap().get(&user_id).cloned().filter(|_| are_friends);
        Ok(name.map(|name| Profile { user_id, name }))
    }
}

/// A stand-in for expenses or payments, with nets from the test.
#[derive(Default)]
pub(crate) struct FixedNets(Mutex<Vec<NetRow>>);

impl FixedNets {
    /// Adds an amount in cents to the net of a member.
    pub(crate) fn add(&self, member: &str, amount_minor: i64) {
        let member_id: MemberId = member.parse().unwrap();
        let currency = Currency::from_code("EUR").unwrap();
        self.0.lock().unwrap().push(NetRow { member_id, currency, amount_minor });
    }
}

#[async_trait]
impl Nets for FixedNets {
    async fn nets_at(&self, _: &Asker, _: GroupId, _: Timestamp) -> Result<Vec<NetRow>, Unavailable> {
        Ok(self.0.lock().unwrap().clone())
    }
}

/// The stand-ins for other subgraphs.
#[derive(Clone, Default)]
pub(crate) struct Facts {
    pub profiles: Arc<FixedProfiles>,
    pub expenses: Arc<FixedNets>,
    pub payments: Arc<FixedNets>,
}

impl Facts {
    pub(crate) fn owners(&self) -> Owners {
        let Self { profiles, expenses, payments } = self.clone();
        Owners { profiles, expenses, payments }
    }
}

/// The subgraph and its stand-ins.
pub(crate) struct Fixture {
    pub subgraph: TestSubgraph<Services>,
    pub facts: Facts,
}

/// The most groups that a person can be in during tests.
pub(crate) const GROUPS_PER_PERSON: u64 = 30;

pub(crate) fn config() -> Config {
    let url = |text: &str| text.parse().unwrap();
    let nobody: reqwest::Url = url("http://127.0.0.1:1");
    let (users_url, expenses_url, payments_url) = (nobody.clone(), nobody.clone(), nobody);
    let app_url = url("https://quits.example/");
    Config { users_url, expenses_url, payments_url, groups_per_person: GROUPS_PER_PERSON, app_url }
}

/// The field `id` of a response.
pub(crate) fn id(answer: &Value) -> String {
    answer["id"].as_str().expect("an id").to_owned()
}

impl Fixture {
    pub(crate) async fn open() -> Self {
        Self::over(resources::<Services>(config()).await).await
    }

    /// Opens the subgraph and records the commands to its database.
    pub(crate) async fn recorded() -> (Self, Commands) {
        let (resources, commands) = recorded_resources::<Services>(config()).await;
        (Self::over(resources).await, commands)
    }

    async fn over(resources: Resources<Config>) -> Self {
        let facts = Facts::default();
        let groups = Services::new(&resources, facts.owners()).await.unwrap();
        Self { subgraph: TestSubgraph::new(Arc::new(groups), resources), facts }
    }

    /// Creates a person with an account.
    pub(crate) fn person(&self, name: &str) -> Caller {
        let user = UserId::new();
        self.facts.profiles.names.lock().unwrap().insert(user, name.to_owned());
        person(user)
    }

    /// Makes two people friends.
    pub(crate) fn befriend(&self, one: &Caller, other: &Caller) {
        let (one, other) = (one.user().unwrap(), other.user().unwrap());
        self.facts.profiles.friends.lock().unwrap().insert([one.min(other), one.max(other)]);
    }

    /// Creates a group whose only member is this person.
    pub(crate) async fn group(&self, owner: &Caller) -> String {
        id(&self.create(owner, json!({ "name": "Lisbon", "currency": "EUR" })).await)
    }

    pub(crate) async fn create(&self, caller: &Caller, input: Value) -> Value {
        let query = format!(
            "mutation ($input: CreateGroupInput!) {{ createGroup(input: $input) {{
                id name description kind currency simplify version createdAt archivedAt
                viewerMember {{ {MEMBERS} }} members {{ {MEMBERS} }} }} }}"
        );
        self.subgraph.data(caller, &query, json!({ "input": input })).await["createGroup"].take()
    }

    pub(crate) async fn read(&self, caller: &Caller, group: &str) -> Value {
        let query = format!("query ($id: ID!) {{ group(id: $id) {{ id version members {{ {MEMBERS} }} }} }}");
        self.subgraph.data(caller, &query, json!({ "id": group })).await["group"].take()
    }

    /// Returns the group's member with this name.
    pub(crate) async fn member(&self, caller: &Caller, group: &str, name: &str) -> Value {
        let group = self.read(caller, group).await;
        let members = group["members"].as_array().unwrap();
        members.iter().find(|member| member["name"] == name).expect("a member of that name").clone()
    }

    pub(crate) async fn guest(&self, caller: &Caller, group: &str, name: &str) -> Value {
        let query =
            format!("mutation ($id: ID!, $name: String!) {{ addGuest(groupId: $id, name: $name) {{ {MEMBERS} }} }}");
        self.subgraph.data(caller, &query, json!({ "id": group, "name": name })).await["addGuest"].take()
    }

    /// Creates an invitation. Returns its id, token, URL and limits.
    pub(crate) async fn invite(&self, caller: &Caller, group: &str, max_uses: Option<i32>) -> Value {
        let query = "mutation ($id: ID!, $uses: Int) {
            createInvite(groupId: $id, maxUses: $uses) { id token url expiresAt maxUses uses } }";
        self.subgraph.data(caller, query, json!({ "id": group, "uses": max_uses })).await["createInvite"].take()
    }

    /// Creates an invitation with unlimited uses. Returns its token.
    pub(crate) async fn token(&self, caller: &Caller, group: &str) -> String {
        self.invite(caller, group, None).await["token"].as_str().unwrap().to_owned()
    }

    /// Joins by an invitation. Returns the whole response: `{data, errors}`.
    #[must_use]
    pub(crate) async fn try_join(&self, caller: &Caller, token: &str, claim: Option<&str>) -> Value {
        let query = format!(
            "mutation ($token: String!, $claim: ID) {{
                joinGroup(token: $token, claimMemberId: $claim) {{ {MEMBERS} group {{ id version }} }} }}"
        );
        self.subgraph.ask(caller, &query, json!({ "token": token, "claim": claim })).await
    }

    pub(crate) async fn join(&self, caller: &Caller, token: &str, claim: Option<&str>) -> Value {
        let mut answer = self.try_join(caller, token, claim).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"]["joinGroup"].take()
    }

    /// Creates a group with an owner and a member who joined by invitation.
    pub(crate) async fn pair(&self, owner: &Caller, other: &Caller) -> String {
        let group = self.group(owner).await;
        let token = self.token(owner, &group).await;
        self.join(other, &token, None).await;
        group
    }

    /// Creates a group with an owner, an admin and a member, in this order.
    pub(crate) async fn trio(&self, people: &[Caller; 3]) -> String {
        let [owner, admin, member] = people;
        let group = self.pair(owner, admin).await;
        let token = self.token(owner, &group).await;
        self.join(member, &token, None).await;
        let id = self.own_member(admin, &group).await;
        let query = "mutation ($id: ID!) { changeRole(memberId: $id, role: ADMIN) { role } }";
        self.subgraph.data(owner, query, json!({ "id": id })).await;
        group
    }

    /// Returns the id of the caller's own member.
    pub(crate) async fn own_member(&self, caller: &Caller, group: &str) -> String {
        let query = "query ($id: ID!) { group(id: $id) { viewerMember { id } } }";
        id(&self.subgraph.data(caller, query, json!({ "id": group })).await["group"]["viewerMember"])
    }

    pub(crate) async fn leave(&self, caller: &Caller, group: &str) {
        let query = "mutation ($id: ID!) { leaveGroup(groupId: $id) }";
        assert_eq!(self.subgraph.data(caller, query, json!({ "id": group })).await["leaveGroup"], true);
    }
}

/// Returns the code of the only error in a response.
pub(crate) fn code(answer: &Value) -> &str {
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1), "{answer:#}");
    answer["errors"][0]["extensions"]["code"].as_str().unwrap()
}

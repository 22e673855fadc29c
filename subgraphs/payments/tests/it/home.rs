//! A person's balances over all groups: the sums of the groups' balances.

use contracts::{MemberId, UserId, roster::Roster, testing::roster};
use kit::testing::{person, through_router};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const HOME: &str = "query($r: [_Any!]!) { _entities(representations: $r) { ... on User {
    id balances { amount currency } friendBalances { user { id } balances { amount currency } }
    formerGroups { groupId name memberId people { memberId name } balances { amount } transfers { from { id } to { id } amount { amount } } } } } }";
const PAYMENTS: &str = "query($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on User {
    payments(first: 2, after: $after) { totalCount edges { node { date } } pageInfo { hasNextPage endCursor } } } } }";

/// A second group of the same three users with its expense nets: the first owes the second 5.00.
fn another(fixture: &Fixture) -> (Roster, Value) {
    let group = roster(&fixture.users, 0);
    fixture.groups.fixed.put(group.clone());
    let member = |place: usize| group.members[place].member_id.to_string();
    let net = |place: usize, amount: &str| json!({ "memberId": member(place), "amount": amount, "currency": "EUR" });
    let nets = json!({
        "version": 1,
        "nets": [net(0, "-5.00"), net(1, "5.00")],
        "debts": [{ "from": member(0), "to": member(1), "amount": "5.00", "currency": "EUR" }],
    });
    (group, nets)
}

/// The router's representation of a user with these groups and their expense nets.
fn represented(user: UserId, groups: &[(&Roster, Value)]) -> Value {
    let membership = |group: &Roster| {
        let own = group.members.iter().find(|member| member.user_id == Some(user)).map(|own| own.member_id);
        let own = own.unwrap_or_else(MemberId::new);
        json!({ "groupId": group.group_id.to_string(), "memberId": own.to_string(), "name": "Trip", "simplify": true })
    };
    let nets = |(group, nets): &(&Roster, Value)| json!({ "groupId": group.group_id.to_string(), "nets": nets });
    json!({
        "__typename": "User",
        "id": user.to_string(),
        "memberships": groups.iter().map(|(group, _)| membership(group)).collect::<Vec<_>>(),
        "expenseNets": groups.iter().map(nets).collect::<Vec<_>>(),
    })
}

async fn home(fixture: &Fixture, user: usize, representation: &Value) -> Value {
    let caller = fixture.router(user);
    fixture.subgraph.data(&caller, HOME, json!({ "r": [representation] })).await["_entities"][0].take()
}

/// Returns what the settlement of a group proposes that the first user gets from this one, in cents.
async fn proposed_between(fixture: &Fixture, (group, nets): (&Roster, &Value), user: usize) -> i64 {
    let query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group { settlement { transfers {
        from { id } to { id } amount { amount } } } } } }";
    let id = group.group_id.to_string();
    let represented = json!({ "__typename": "Group", "id": id, "simplify": true, "expenseNets": nets });
    let answer = fixture.subgraph.data(&fixture.router(0), query, json!({ "r": [represented] })).await;
    let [own, other] = [0, user].map(|place| json!(group.members[place].member_id.to_string()));
    let transfers = answer["_entities"][0]["settlement"]["transfers"].as_array().unwrap();
    let signed = transfers.iter().map(|transfer| {
        let cents: i64 = transfer["amount"]["amount"].as_str().unwrap().replace('.', "").parse().unwrap();
        match (&transfer["from"]["id"], &transfer["to"]["id"]) {
            (from, to) if (from, to) == (&other, &own) => cents,
            (from, to) if (from, to) == (&own, &other) => -cents,
            _ => 0,
        }
    });
    signed.sum()
}

fn euro(amount: &str) -> Value {
    json!([{ "amount": amount, "currency": "EUR" }])
}

#[tokio::test]
async fn totals_are_the_sums_of_the_groups() {
    let fixture = Fixture::open().await;
    let (second, nets) = another(&fixture);
    // In the first group each other member owes the first user 33.33; the second user pays 10.00 of it.
    let ten = json!({ "amount": { "amount": "10.00", "currency": "EUR" } });
    fixture.record(1, fixture.cash_with("k", &ten)).await;
    let groups = [(&fixture.group, fixture.represented()["expenseNets"].clone()), (&second, nets)];

    let first = home(&fixture, 0, &represented(fixture.users[0], &groups)).await;
    assert_eq!(first["balances"], euro("51.66"));
    let friends = first["friendBalances"].as_array().unwrap();
    let with = |user: usize| {
        let id = json!(fixture.users[user].to_string());
        friends.iter().find(|friend| friend["user"]["id"] == id).map(|friend| &friend["balances"])
    };
    assert_eq!((with(1), with(2)), (Some(&euro("18.33")), Some(&euro("33.33"))));
    assert_eq!(first["formerGroups"], json!([]));

    // They are what the settlements of the groups propose.
    for (user, balance) in [(1, 18_33), (2, 33_33)] {
        let mut proposed = 0;
        for (group, nets) in &groups {
            proposed += proposed_between(&fixture, (group, nets), user).await;
        }
        assert_eq!(proposed, balance, "with user {user}");
    }

    // From the other side the signs are reversed.
    let other = home(&fixture, 1, &represented(fixture.users[1], &groups)).await;
    assert_eq!(other["balances"], euro("-18.33"));
    assert_eq!(other["friendBalances"][0]["user"]["id"], fixture.users[0].to_string());
    assert_eq!(other["friendBalances"][0]["balances"], euro("-18.33"));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_former_group_is_listed_with_open_balances() {
    let mut fixture = Fixture::open().await;
    fixture.leave(1);
    let groups = [(&fixture.group, fixture.represented()["expenseNets"].clone())];
    let left = home(&fixture, 1, &represented(fixture.users[1], &groups)).await;
    assert_eq!((&left["balances"], &left["friendBalances"]), (&json!([]), &json!([])));
    let (from, to) = (fixture.member(1).to_string(), fixture.member(0).to_string());
    let transfer = json!({ "from": { "id": from }, "to": { "id": to }, "amount": { "amount": "33.33" } });
    let id = fixture.group.group_id.to_string();
    let people = json!([{ "memberId": to, "name": fixture.group.members[0].name }]);
    let balances = json!([{ "amount": "-33.33" }]);
    let former = json!([{ "groupId": id, "name": "Trip", "memberId": from, "people": people, "balances": balances,
        "transfers": [transfer] }]);
    assert_eq!(left["formerGroups"], former);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_routers_representation_proves_nothing_and_is_never_zero() {
    let fixture = Fixture::open().await;
    let nets = fixture.represented()["expenseNets"].clone();
    let foreign = roster(&[UserId::new()], 0);
    fixture.groups.fixed.put(foreign.clone());
    // A group of other people is omitted, whatever the representation says.
    let empty = json!({ "version": 0, "nets": [], "debts": [] });
    let groups = [(&fixture.group, nets.clone()), (&foreign, empty)];
    let first = home(&fixture, 0, &represented(fixture.users[0], &groups)).await;
    assert_eq!(first["balances"], euro("66.66"));

    let whole = represented(fixture.users[0], &groups[..1]);
    let with = |field: &str, value: Value| {
        let mut user = whole.clone();
        user[field] = value;
        user
    };
    for broken in [with("memberships", Value::Null), with("expenseNets", Value::Null), with("expenseNets", json!([]))] {
        let answer = fixture.subgraph.ask(&fixture.router(0), HOME, json!({ "r": [broken] })).await;
        let user = &answer["data"]["_entities"][0];
        let fields = [&user["balances"], &user["friendBalances"], &user["formerGroups"]];
        assert_eq!(fields, [&Value::Null; 3], "{broken:#}");
        assert_eq!(answer["errors"].as_array().map_or(0, Vec::len), 3, "{broken:#}");
    }
    // Nobody gets the balances of another user.
    for caller in [fixture.router(1), through_router(person(UserId::new()))] {
        let answer = fixture.subgraph.data(&caller, HOME, json!({ "r": [whole] })).await;
        assert_eq!(answer["_entities"], json!([null]));
    }
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), HOME, json!({ "r": [whole] })).await, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn many_groups_take_one_roster_request() {
    let fixture = Fixture::open().await;
    let empty = || json!({ "version": 0, "nets": [], "debts": [] });
    let groups: Vec<Roster> = (0..50).map(|_| roster(&fixture.users, 0)).collect();
    for group in &groups {
        fixture.groups.fixed.put(group.clone());
    }
    let groups: Vec<_> = groups.iter().map(|group| (group, empty())).collect();
    fixture.groups.asked.store(0, std::sync::atomic::Ordering::SeqCst);
    home(&fixture, 0, &represented(fixture.users[0], &groups)).await;
    assert_eq!(fixture.groups.asked.load(std::sync::atomic::Ordering::SeqCst), 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn own_payments_of_all_groups_are_listed_the_latest_first() {
    let fixture = Fixture::open().await;
    let (second, nets) = another(&fixture);
    for day in ["2026-03-02", "2026-03-04"] {
        fixture.record(0, fixture.cash_with(day, &json!({ "date": day }))).await;
    }
    let elsewhere = json!({
        "groupId": second.group_id.to_string(), "date": "2026-03-03",
        "fromMemberId": second.members[0].member_id.to_string(), "toMemberId": second.members[2].member_id.to_string(),
    });
    fixture.record(0, fixture.cash_with("second", &elsewhere)).await;
    // A payment between other members is not listed.
    let others = json!({ "fromMemberId": fixture.member(2).to_string(), "toMemberId": fixture.member(1).to_string() });
    fixture.record(0, fixture.cash_with("others", &others)).await;

    let groups = [(&fixture.group, fixture.represented()["expenseNets"].clone()), (&second, nets)];
    let user = represented(fixture.users[0], &groups);
    let (mut days, mut after) = (Vec::new(), Value::Null);
    loop {
        let variables = json!({ "r": [user], "after": after });
        let page =
            fixture.subgraph.data(&fixture.router(0), PAYMENTS, variables).await["_entities"][0]["payments"].take();
        assert_eq!(page["totalCount"], 3);
        days.extend(page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["date"].clone()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(days, ["2026-03-04", "2026-03-03", "2026-03-02"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn another_user_reached_from_within_the_subgraph_has_no_balances() {
    let fixture = Fixture::open().await;
    let groups = [(&fixture.group, fixture.represented()["expenseNets"].clone())];
    let asked = HOME.replace("friendBalances { user { id }", "friendBalances { user { id balances { amount } }");
    let user = represented(fixture.users[0], &groups);
    let answer = fixture.subgraph.ask(&fixture.router(0), &asked, json!({ "r": [user] })).await;
    assert_eq!(answer["data"]["_entities"][0]["friendBalances"][0]["user"]["balances"], Value::Null);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_ALLOWED");
    fixture.subgraph.close().await;
}

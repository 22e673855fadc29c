//! Searching expenses: in a group, and across all groups of a person.

use contracts::{GroupId, UserId, roster::Roster};
use kit::{
    Caller,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const IN_GROUP: &str = "query($r: [_Any!]!, $f: ExpenseFilter) { _entities(representations: $r) { ... on Group {
    expenses(filter: $f) { totalCount edges { node { description } } } } } }";
const MINE: &str = "query($r: [_Any!]!, $f: ExpenseFilter, $first: Int, $after: String) {
    _entities(representations: $r) { ... on User { expenses(first: $first, after: $after, filter: $f) {
        totalCount edges { node { description group { id } } } pageInfo { hasNextPage endCursor } } } } }";

/// Returns the descriptions of the found expenses, the newest first.
fn names(connection: &Value) -> Vec<&str> {
    let edges = connection["edges"].as_array().unwrap();
    edges.iter().map(|edge| edge["node"]["description"].as_str().unwrap()).collect()
}

impl Fixture {
    async fn found(&self, filter: Value) -> Value {
        let group = json!([{ "__typename": "Group", "id": self.group.group_id }]);
        let router = through_router(self.caller(0));
        let mut answer = self.subgraph.data(&router, IN_GROUP, json!({ "r": group, "f": filter })).await;
        answer["_entities"][0]["expenses"].take()
    }

    /// Creates expenses that differ in every field of the filter.
    async fn spend(&self) {
        let amount = |member: usize, amount: &str| json!([{ "memberId": self.member(member), "amount": amount }]);
        let total = |amount: &str, currency: &str| json!({ "amount": amount, "currency": currency });
        let expenses = [
            json!({ "description": "Café Zoë", "date": "2026-01-04", "notes": "crème brûlée", "category": "dining" }),
            json!({ "description": "Museum", "date": "2026-01-03", "payers": amount(1, "100.00"), "category": "culture" }),
            json!({ "description": "Taxi", "date": "2026-01-02", "total": total("20.00", "EUR"), "payers": amount(0, "20.00"),
                "split": { "equal": [self.member(0), self.member(3)] } }),
            json!({ "description": "Ramen", "date": "2026-01-01", "total": total("3000", "JPY"), "payers": amount(0, "3000") }),
        ];
        for expense in expenses {
            self.create(0, self.dinner_with(&expense["description"].to_string(), &expense)).await;
        }
    }
}

#[tokio::test]
async fn expenses_are_found_by_each_field_of_the_filter() {
    let fixture = Fixture::open().await;
    fixture.spend().await;
    let (ada, ben, dora) = (fixture.member(0), fixture.member(1), fixture.member(3));
    let cases = [
        (json!({}), vec!["Café Zoë", "Museum", "Taxi", "Ramen"]),
        (json!({ "text": "CAFE" }), vec!["Café Zoë"]),
        (json!({ "text": "zoe cafe" }), vec!["Café Zoë"]),
        (json!({ "text": "creme BRU" }), vec!["Café Zoë"]),
        (json!({ "text": "cafe museum" }), vec![]),
        (json!({ "text": "-" }), vec!["Café Zoë", "Museum", "Taxi", "Ramen"]),
        (json!({ "payerId": ben }), vec!["Museum"]),
        (json!({ "payerId": ada, "memberId": dora }), vec!["Taxi"]),
        (json!({ "payerId": ben, "memberId": dora }), vec![]),
        (json!({ "memberId": ben, "category": "Culture" }), vec!["Museum"]),
        (json!({ "minAmount": "50" }), vec!["Café Zoë", "Museum"]),
        (json!({ "minAmount": "20.00", "maxAmount": "99.99" }), vec!["Taxi"]),
        (json!({ "minAmount": "1000", "currency": "JPY" }), vec!["Ramen"]),
        (json!({ "currency": "JPY" }), vec!["Ramen"]),
        (
            json!({ "maxAmount": "100", "payerId": ada, "text": "ta", "from": "2026-01-02", "to": "2026-01-02" }),
            vec!["Taxi"],
        ),
    ];
    for (filter, expected) in cases {
        let found = fixture.found(filter.clone()).await;
        assert_eq!(names(&found), expected, "{filter}");
        assert_eq!(found["totalCount"], expected.len(), "{filter}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_person_finds_what_the_person_has_a_part_in() {
    let fixture = Fixture::open().await;
    fixture.spend().await;
    let other = another_group(&fixture, 1).await.group_id;
    let ask = async |user: usize, query: &str, represented: Value, mine: bool| {
        let variables = json!({ "r": represented, "f": { "mine": mine } });
        let answer = fixture.subgraph.data(&through_router(fixture.caller(user)), query, variables).await;
        let found = answer["_entities"][0]["expenses"].clone();
        assert_eq!(found["totalCount"], names(&found).len());
        names(&found).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let group = json!([{ "__typename": "Group", "id": fixture.group.group_id }]);
    let all = ["Café Zoë", "Museum", "Taxi", "Ramen"];
    assert_eq!(ask(1, IN_GROUP, group.clone(), true).await, ["Café Zoë", "Museum", "Ramen"]);
    assert_eq!(ask(1, IN_GROUP, group, false).await, all);
    let of = |user: usize| represented(fixture.users[user], &[fixture.group.group_id, other]);
    assert_eq!(ask(1, MINE, of(1), true).await, ["Café Zoë", "Museum", "Ramen"]);
    assert_eq!(ask(0, MINE, of(0), true).await, ["Expense 01", "Café Zoë", "Museum", "Taxi", "Ramen"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_version_of_the_expenses_grows_with_each_change() {
    let fixture = Fixture::open().await;
    let group = json!([{ "__typename": "Group", "id": fixture.group.group_id }]);
    let query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group { expensesVersion } } }";
    let version = async |caller: Caller| {
        let answer = fixture.subgraph.ask(&through_router(caller), query, json!({ "r": group })).await;
        answer["data"]["_entities"][0]["expensesVersion"].clone()
    };
    assert_eq!(version(fixture.caller(0)).await, 0);
    fixture.spend().await;
    assert_eq!(version(fixture.caller(1)).await, 4);
    assert_eq!(version(person(UserId::new())).await, Value::Null, "a stranger");
    assert_eq!(version(Caller::anonymous()).await, Value::Null);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_invalid_filter_is_refused_with_its_field() {
    let fixture = Fixture::open().await;
    let group = json!([{ "__typename": "Group", "id": fixture.group.group_id }]);
    let router = through_router(fixture.caller(0));
    for (filter, field) in [
        (json!({ "minAmount": "1.005" }), "filter.minAmount"),
        (json!({ "maxAmount": "much" }), "filter.maxAmount"),
        (json!({ "currency": "EURO" }), "filter.currency"),
        (json!({ "payerId": "nobody" }), "filter.payerId"),
        (json!({ "text": "x".repeat(101) }), "filter.text"),
    ] {
        let answer = fixture.subgraph.ask(&router, IN_GROUP, json!({ "r": group, "f": filter })).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!((&extensions["code"], &extensions["field"]), (&json!("VALIDATION"), &json!(field)));
    }
    fixture.subgraph.close().await;
}

/// Creates another group of the first user with one expense.
async fn another_group(fixture: &Fixture, number: usize) -> Roster {
    let mut roster = contracts::testing::roster(&fixture.users[..1], 1);
    roster.name = format!("Group {number}");
    fixture.rosters.put(roster.clone());
    let member = roster.members[0].member_id;
    let input = json!({
        "groupId": roster.group_id,
        "description": format!("Expense {number:02}"),
        "date": format!("2026-02-{:02}", number % 28 + 1),
        "payers": [{ "memberId": member, "amount": "100.00" }],
        "split": { "equal": [member] },
    });
    fixture.create(0, fixture.dinner_with(&format!("group {number}"), &input)).await;
    roster
}

fn represented(user: UserId, groups: &[GroupId]) -> Value {
    let memberships: Vec<Value> = groups.iter().map(|group| json!({ "groupId": group })).collect();
    json!([{ "__typename": "User", "id": user, "memberships": memberships }])
}

#[tokio::test]
async fn a_person_pages_through_expenses_of_all_groups() {
    let fixture = Fixture::open().await;
    fixture.spend().await;
    let mut groups = vec![fixture.group.group_id];
    for number in 0..50 {
        groups.push(another_group(&fixture, number).await.group_id);
    }
    let router = through_router(fixture.caller(0));
    let mut variables = json!({ "r": represented(fixture.users[0], &groups), "first": 20 });
    let mut seen = Vec::new();
    loop {
        let answer = fixture.subgraph.data(&router, MINE, variables.clone()).await;
        let page = &answer["_entities"][0]["expenses"];
        assert_eq!(page["totalCount"], 54);
        seen.extend(names(page).into_iter().map(str::to_owned));
        variables["after"] = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(seen.len(), 54);
    assert_eq!((seen[0].as_str(), seen[53].as_str()), ("Expense 27", "Ramen"));

    let filter = json!({ "r": represented(fixture.users[0], &groups), "f": { "text": "expense", "minAmount": "1", "currency": "EUR" } });
    let found = fixture.subgraph.data(&router, MINE, filter).await;
    assert_eq!(found["_entities"][0]["expenses"]["totalCount"], 50);
    let nowhere = json!({ "r": represented(fixture.users[0], &groups), "f": { "minAmount": "1" } });
    let refused = fixture.subgraph.ask(&router, MINE, nowhere).await;
    assert_eq!(refused["errors"][0]["extensions"]["field"], "filter.currency");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn expenses_of_other_groups_are_not_found() {
    let mut fixture = Fixture::open().await;
    fixture.spend().await;
    let other = another_group(&fixture, 1).await.group_id;
    let both = [fixture.group.group_id, other];
    let ask = async |fixture: &Fixture, caller: Caller, user: UserId| {
        fixture.subgraph.ask(&caller, MINE, json!({ "r": represented(user, &both) })).await
    };
    let ben = fixture.users[1];
    let of_ben = ask(&fixture, through_router(fixture.caller(1)), ben).await;
    assert_eq!(of_ben["data"]["_entities"][0]["expenses"]["totalCount"], 4, "what the router brings is no proof");
    let of_another = ask(&fixture, through_router(fixture.caller(0)), ben).await;
    assert_eq!(of_another["data"]["_entities"], json!([null]));
    let stranger = UserId::new();
    let of_stranger = ask(&fixture, through_router(person(stranger)), stranger).await;
    assert_eq!(of_stranger["data"]["_entities"][0]["expenses"]["totalCount"], 0);
    let nobody = ask(&fixture, through_router(Caller::anonymous()), ben).await;
    assert_eq!(nobody["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    fixture.leave(1);
    let of_former = ask(&fixture, through_router(fixture.caller(1)), ben).await;
    assert_eq!(of_former["data"]["_entities"][0]["expenses"]["totalCount"], 0);
    fixture.subgraph.close().await;
}

const ADD_COMMENT: &str = "mutation($id: ID!, $text: String!) { addComment(expenseId: $id, text: $text) { id } }";
const EDIT_COMMENT: &str = "mutation($id: ID!, $text: String!) { editComment(id: $id, text: $text) { id } }";
const DELETE_COMMENT: &str = "mutation($id: ID!) { deleteComment(id: $id) }";
const RENAME: &str = "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) { version } }";

impl Fixture {
    async fn say(&self, user: usize, expense: &Value, text: &str) -> Value {
        let variables = json!({ "id": expense, "text": text });
        self.subgraph.data(&self.caller(user), ADD_COMMENT, variables).await["addComment"]["id"].take()
    }

    async fn rename(&self, expense: &Value, version: i64, description: &str) {
        let input = json!({ "id": expense, "expectedVersion": version, "description": description });
        self.subgraph.data(&self.caller(0), RENAME, json!({ "input": input })).await;
    }

    async fn finds(&self, text: &str) -> bool {
        self.found(json!({ "text": text })).await["totalCount"] == 1
    }
}

#[tokio::test]
async fn expenses_are_found_by_what_their_comments_say_now() {
    let fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner_with("k", &json!({ "description": "Museum" }))).await["id"].take();
    fixture.create(0, fixture.dinner("other")).await;
    let comment = fixture.say(1, &id, "The Café was closed").await;
    fixture.say(2, &id, "closed on Mondays").await;
    assert!(fixture.finds("CAFE").await && fixture.finds("museum monday").await && fixture.finds("close").await);

    fixture.rename(&id, 1, "Gallery").await;
    assert!(fixture.finds("gallery cafe").await && !fixture.finds("museum").await);

    let edited = json!({ "id": comment, "text": "The bistro was closed" });
    fixture.subgraph.data(&fixture.caller(1), EDIT_COMMENT, edited).await;
    assert!(fixture.finds("bistro").await && !fixture.finds("cafe").await);

    fixture.subgraph.data(&fixture.caller(1), DELETE_COMMENT, json!({ "id": comment })).await;
    assert!(!fixture.finds("bistro").await && fixture.finds("closed").await);
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn comments_and_an_edit_of_the_same_moment_are_all_found() {
    let fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    let words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];
    let comments = words.iter().enumerate().map(|(at, word)| fixture.say(at % 3, &id, word));
    futures::join!(futures::future::join_all(comments), fixture.rename(&id, 1, "Supper"));
    for word in words.iter().chain(&["supper"]) {
        assert!(fixture.finds(word).await, "{word}");
    }
    fixture.subgraph.close().await;
}

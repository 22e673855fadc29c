//! The activity feed.

use contracts::{
    CommentId, Event, InviteId, MemberId, PaymentId, Timestamp, UserId,
    event::{ClaimFacts, CommentFacts, ImportFacts, InviteFacts, MemberChange, MemberFacts, PaymentFacts, PaymentStep},
    roster::Roster,
};
use kit::{Caller, testing::person};
use money::{Amount, Currency};
use serde_json::{Value, json};

use crate::fixture::{Fixture, Spending, facts, group_key, routed, user_key};

const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };

#[tokio::test]
async fn entries_have_an_english_summary() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut group = fixture.group(&[("Ada", ada)]).await;
    let stream = group.group_id.0;
    let invite = InviteFacts { invite_id: InviteId::new(), group_id: group.group_id, expires_at: Timestamp::EPOCH };
    fixture.publish("groups", stream, ada, Event::InviteCreated(invite)).await;
    let member = MemberFacts { user_id: Some(ben), name: "Ben".to_owned(), ..group.members[0].clone() };
    group.members.push(MemberFacts { member_id: MemberId::new(), ..member });
    let joined = MemberChange { member_id: group.members[1].member_id, group: facts(&group), claim: None };
    fixture.publish("groups", stream, ben, Event::MemberJoined(joined.clone())).await;
    fixture.spend(&group, &DINNER).await;
    let payment = PaymentFacts {
        payment_id: PaymentId::new(),
        group_id: group.group_id,
        from: group.members[1].member_id,
        to: group.members[0].member_id,
        amount: Amount::new(5_000, Currency::from_code("EUR").unwrap()),
        paid: None,
        date: "2026-11-22".parse().unwrap(),
        note: None,
        created_by: group.members[0].member_id,
    };
    fixture.publish("payments", stream, ada, Event::PaymentProcessed(payment)).await;
    fixture.publish("groups", stream, ada, Event::MemberLeft(joined)).await;

    let fields = "activity { totalCount edges { node { type summary actor { id } group { id } } } }";
    let feed = fixture.entity(ada, group_key(group.group_id), fields).await;

    let (ada, ben) = (ada.to_string(), ben.to_string());
    let told: Vec<_> = nodes(&feed).iter().map(|node| (text(&node["type"]), text(&node["summary"]))).collect();
    assert_eq!(
        told,
        [
            ("group.member_left", "Ada removed Ben from the group"),
            ("payment.processed", "Ben paid Ada 50.00 EUR"),
            ("expense.created", "Ada added \"Dinner\", 100.00 EUR"),
            ("group.member_joined", "Ben joined the group"),
            ("group.invite_created", "Ada made an invitation"),
            ("group.created", "Ada created the group \"Trip\""),
        ]
    );
    assert_eq!(nodes(&feed)[3]["actor"]["id"], json!(ben));
    assert_eq!(nodes(&feed)[4]["actor"]["id"], json!(ada));
    assert!(nodes(&feed).iter().all(|node| node["group"]["id"] == json!(group.group_id.to_string())));
    assert_eq!(feed["activity"]["totalCount"], 6);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_activity_has_the_id_and_the_time_of_its_event() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    let event = fixture.spend(&group, &Spending { shares: &[1], ..DINNER }).await;

    let feed = fixture.entity(ada, group_key(group.group_id), "activity(first: 1) { edges { node { id at } } }").await;

    assert_eq!(nodes(&feed)[0], &json!({ "id": event.id.to_string(), "at": event.time.to_string() }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn it_is_read_page_by_page() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(fixture.spend(&group, &Spending { shares: &[1], ..DINNER }).await.id.to_string());
    }
    ids.reverse();

    let mut seen: Vec<String> = Vec::new();
    let mut after = String::new();
    for has_next in [true, true, false] {
        let fields = format!(
            "activity(first: 2{after}) {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ cursor node {{ id }} }} }}"
        );
        let feed = fixture.entity(ada, group_key(group.group_id), &fields).await;
        let page = &feed["activity"]["pageInfo"];
        assert_eq!(page["hasNextPage"], has_next);
        assert_eq!(feed["activity"]["totalCount"], 6);
        seen.extend(nodes(&feed).iter().map(|node| text(&node["id"]).to_owned()));
        after = format!(", after: {}", page["endCursor"]);
    }

    assert_eq!(seen[..5], ids);
    assert_eq!(seen.len(), 6);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_invalid_page_request_is_refused_with_its_field() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    for (arguments, field) in [("first: 0", "first"), ("first: 101", "first"), ("after: \"?\"", "after")] {
        let fields = format!("activity({arguments}) {{ totalCount }}");
        for key in [group_key(group.group_id), user_key(ada)] {
            let answer = fixture.answer(&routed(ada), key, &fields).await;
            assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": field }));
            assert_eq!(answer["data"]["_entities"], json!([{ "activity": null }]));
        }
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_own_feed_contains_all_own_groups() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let trip = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let home = fixture.group(&[("Ben", ben), ("Ada", ada)]).await;
    fixture.group(&[("Ben", ben)]).await;
    fixture.spend(&trip, &DINNER).await;

    let feed =
        fixture.entity(ada, user_key(ada), "activity { totalCount edges { node { group { id } summary } } }").await;

    let (trip, home) = (trip.group_id.to_string(), home.group_id.to_string());
    let told: Vec<_> = nodes(&feed).iter().map(|node| (text(&node["group"]["id"]), text(&node["summary"]))).collect();
    assert_eq!(
        told,
        [
            (trip.as_str(), "Ada added \"Dinner\", 100.00 EUR"),
            (home.as_str(), "Ben created the group \"Trip\""),
            (trip.as_str(), "Ada created the group \"Trip\""),
        ]
    );
    fixture.subgraph.close().await;
}

/// Ada and Ben have done something of every kind, and Cleo, a guest, has a part in one expense only.
async fn eventful() -> (Fixture, [UserId; 2], Roster) {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let stream = group.group_id.0;
    let cleo = MemberFacts { member_id: MemberId::new(), user_id: None, name: "Cleo".to_owned(), left: false };
    group.members.push(cleo);
    fixture.change(&group);
    let added = MemberChange { member_id: group.members[2].member_id, group: facts(&group), claim: None };
    fixture.publish("groups", stream, ada, Event::MemberJoined(added)).await;
    let dinner = fixture.spend(&group, &Spending { shares: &[2_000, 2_000, 2_000], ..DINNER }).await;
    let dinner = if let Event::ExpenseCreated(dinner) = dinner.event { Some(dinner) } else { None }.unwrap();
    let comment = CommentFacts {
        comment_id: CommentId::new(),
        expense_id: dinner.expense_id,
        group_id: group.group_id,
        description: dinner.description,
        by: group.members[1].member_id,
        text: "Good!".to_owned(),
        mentions: Vec::new(),
        concerned: group.members.iter().map(|member| member.member_id).collect(),
    };
    fixture.publish("expenses", stream, ben, Event::ExpenseCommented(comment)).await;
    let import = ImportFacts { group_id: group.group_id, by: group.members[0].member_id, entries: 300 };
    fixture.publish("expenses", stream, ada, Event::ImportFinished(import)).await;
    let payment = PaymentFacts {
        payment_id: PaymentId::new(),
        group_id: group.group_id,
        from: group.members[1].member_id,
        to: group.members[0].member_id,
        amount: Amount::new(2_000, Currency::from_code("EUR").unwrap()),
        paid: None,
        date: "2026-11-22".parse().unwrap(),
        note: None,
        created_by: group.members[1].member_id,
    };
    fixture.publish("payments", stream, ben, Event::PaymentProcessed(payment.clone())).await;
    let step = PaymentStep { payment, by: group.members[0].member_id, reason: None };
    fixture.publish("payments", stream, ada, Event::PaymentConfirmed(step)).await;
    (fixture, [ada, ben], group)
}

#[tokio::test]
async fn a_feed_is_narrowed_to_topics_and_to_a_member() {
    let (fixture, [ada, ben], group) = eventful().await;
    let member = |place: usize| format!("memberId: \"{}\"", group.members[place].member_id);
    let [joined, created] = ["group.member_joined", "group.created"];
    let [paid, confirmed] = ["payment.processed", "payment.confirmed"];
    let [spent, said, imported] = ["expense.created", "expense.commented", "import.finished"];
    for (filter, expected) in [
        ("topics: [EXPENSES]".to_owned(), vec![imported, spent]),
        ("topics: [COMMENTS]".to_owned(), vec![said]),
        ("topics: [PAYMENTS, MEMBERS]".to_owned(), vec![confirmed, paid, joined, created]),
        ("topics: []".to_owned(), vec![confirmed, paid, imported, said, spent, joined, created]),
        (member(0), vec![confirmed, paid, imported, spent, joined, created]),
        (member(1), vec![confirmed, paid, said, spent]),
        (member(2), vec![spent, joined]),
        (format!("topics: [PAYMENTS], {}", member(2)), vec![]),
        (format!("memberId: \"{}\"", MemberId::new()), vec![]),
    ] {
        let fields = format!("activity(filter: {{ {filter} }}) {{ totalCount edges {{ node {{ type }} }} }}");
        for (user, key) in [(ada, group_key(group.group_id)), (ben, user_key(ben))] {
            let feed = fixture.entity(user, key, &fields).await;
            let kinds: Vec<_> = nodes(&feed).iter().map(|node| text(&node["type"])).collect();
            assert_eq!(
                (kinds, feed["activity"]["totalCount"].as_u64()),
                (expected.clone(), Some(expected.len() as u64))
            );
        }
    }
    let other = fixture.group(&[("Ben", ben)]).await;
    let hidden = format!("activity(filter: {{ {} }}) {{ totalCount }}", member(0));
    let feed = fixture.entity(ben, group_key(other.group_id), &hidden).await;
    assert_eq!(feed["activity"]["totalCount"], 0, "a member of another group");
    let answer = fixture
        .answer(&routed(ada), group_key(group.group_id), "activity(filter: { memberId: \"?\" }) { totalCount }")
        .await;
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": "filter.memberId" }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_was_seen_is_remembered_per_person_and_per_group() {
    let (fixture, [ada, ben], group) = eventful().await;
    let other = fixture.group(&[("Ada", ada)]).await;
    let mark = "mutation($group: ID, $upTo: DateTime!) { markActivitySeen(groupId: $group, upTo: $upTo) }";
    let seen = async |user, key: Value| {
        fixture.entity(user, key, "activitySeenUpTo").await["activitySeenUpTo"].as_str().map(ToOwned::to_owned)
    };
    let [early, late, latest] = ["2026-11-22T09:00:05.000Z", "2026-11-22T09:00:07.000Z", "2026-11-22T09:00:09.000Z"];
    assert_eq!(seen(ada, user_key(ada)).await, None);
    let id = group.group_id.to_string();
    for (group, up_to) in [(Some(&id), late), (Some(&id), early), (None, early)] {
        fixture.subgraph.data(&person(ada), mark, json!({ "group": group, "upTo": up_to })).await;
    }
    assert_eq!(seen(ada, group_key(group.group_id)).await.as_deref(), Some(late), "never back");
    assert_eq!(seen(ada, group_key(other.group_id)).await.as_deref(), Some(early), "among all groups");
    assert_eq!(seen(ada, user_key(ada)).await.as_deref(), Some(early));
    assert_eq!(seen(ben, group_key(group.group_id)).await, None);
    fixture.subgraph.data(&person(ada), mark, json!({ "upTo": latest })).await;
    assert_eq!(seen(ada, group_key(group.group_id)).await.as_deref(), Some(latest));

    let variables = json!({ "group": other.group_id.to_string(), "upTo": late });
    assert_eq!(fixture.subgraph.code(&person(ben), mark, variables.clone()).await, "GROUP_NOT_FOUND");
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), mark, variables).await, "UNAUTHENTICATED");
    let mut left = group.clone();
    left.members[1].left = true;
    fixture.change(&left);
    assert_eq!(
        fixture.subgraph.code(&person(ben), mark, json!({ "group": id, "upTo": late })).await,
        "GROUP_NOT_FOUND"
    );
    let answer = fixture.subgraph.ask(&person(ada), mark, json!({ "upTo": "soon" })).await;
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": "upTo" }));
    let through_feed = "activity { edges { node { actor { activitySeenUpTo } } } }";
    let answer = fixture.answer(&routed(ada), group_key(group.group_id), through_feed).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_ALLOWED", "of another");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_entry_has_the_names_of_a_claim_and_the_size_of_an_import() {
    let (fixture, [ada, ben], group) = eventful().await;
    let claim = ClaimFacts {
        guest_name: "Cleo".to_owned(),
        user_name: "Cleopatra".to_owned(),
        by: Some(group.members[0].member_id),
        managers: Vec::new(),
    };
    let change = MemberChange { member_id: group.members[2].member_id, group: facts(&group), claim: Some(claim) };
    fixture.publish("groups", group.group_id.0, ada, Event::ClaimUndone(change)).await;
    let fields = "activity { edges { node { type claim { step userName guestName } imported } } }";
    let feed = fixture.entity(ben, group_key(group.group_id), fields).await;
    let of = |kind: &str| nodes(&feed).into_iter().find(|node| node["type"] == kind).unwrap().clone();
    let names = json!({ "step": "UNDONE", "userName": "Cleopatra", "guestName": "Cleo" });
    assert_eq!(of("group.claim_undone"), json!({ "type": "group.claim_undone", "claim": names, "imported": null }));
    assert_eq!(of("import.finished"), json!({ "type": "import.finished", "claim": null, "imported": 300 }));
    fixture.subgraph.close().await;
}

fn nodes(feed: &Value) -> Vec<&Value> {
    feed["activity"]["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

//! Statements of a month as PDF.

use contracts::{GroupId, UserId};
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::{Fixture, Spending};

const STATEMENT: &str = "query($group: ID!, $month: String!) {
    groupStatement(groupId: $group, month: $month, locale: \"de\") { filename mediaType contentBase64 }
}";

fn month(group: GroupId, month: &str) -> Value {
    json!({ "group": group.to_string(), "month": month })
}

#[tokio::test]
async fn members_have_a_statement_of_a_month_until_they_leave() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    for date in ["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"] {
        let dinner = Spending { date, category: "dining", currency: "EUR", shares: &[1_000, 2_345] };
        fixture.spend(&group, &dinner).await;
    }
    let mut lengths = Vec::new();
    for (user, asked) in [(ada, "2026-11"), (ben, "2026-11"), (ada, "1999-01")] {
        let file = fixture.subgraph.data(&person(user), STATEMENT, month(group.group_id, asked)).await;
        let file = &file["groupStatement"];
        assert_eq!(file["filename"], format!("quits-statement-{asked}.pdf"));
        assert_eq!(file["mediaType"], "application/pdf");
        let content = file["contentBase64"].as_str().unwrap();
        assert!(content.starts_with("JVBERi0"), "%PDF- in base64");
        lengths.push(content.len());
    }
    assert_eq!(lengths[0], lengths[1]);
    assert!(lengths[0] > lengths[2], "a month without expenses has less to show");
    group.members[1].left = true;
    fixture.change(&group);
    let asked = month(group.group_id, "2026-11");
    assert_eq!(fixture.subgraph.code(&person(ben), STATEMENT, asked).await, "GROUP_NOT_FOUND");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_statement_is_for_members_only() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.user("Ada").await, fixture.user("Eve").await);
    let group = fixture.group(&[("Ada", ada)]).await;
    let asked = month(group.group_id, "2026-11");
    for caller in [person(eve), person(UserId::new())] {
        for asked in [asked.clone(), month(GroupId::new(), "2026-11"), month(group.group_id, "soon")] {
            assert_eq!(fixture.subgraph.code(&caller, STATEMENT, asked).await, "GROUP_NOT_FOUND");
        }
    }
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), STATEMENT, asked).await, "UNAUTHENTICATED");
    for wrong in ["soon", "2026-13", "", "2026-11-01"] {
        let answer = fixture.subgraph.ask(&person(ada), STATEMENT, month(group.group_id, wrong)).await;
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": "month" }), "{wrong}");
    }
    fixture.subgraph.close().await;
}

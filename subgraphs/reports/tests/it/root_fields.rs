//! Every root field, asked by nobody and by a person who has nothing to do with what is asked for.

use contracts::UserId;
use kit::testing::person;

use crate::fixture::Fixture;

const ROWS: &[(&str, &str, &str)] = &[
    ("mutation addPushDevice", "UNAUTHENTICATED", "NOT_CONFIGURED"),
    ("mutation markActivitySeen", "UNAUTHENTICATED", "OK"),
    ("mutation markNotificationsRead", "UNAUTHENTICATED", "OK"),
    ("mutation removeBudget", "UNAUTHENTICATED", "BUDGET_NOT_FOUND"),
    ("mutation removePushDevice", "UNAUTHENTICATED", "OK"),
    ("mutation setBudget", "UNAUTHENTICATED", "OK"),
    ("mutation setNotificationSettings", "UNAUTHENTICATED", "OK"),
    ("query groupStatement", "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("query notificationSettings", "UNAUTHENTICATED", "OK"),
    ("query notifications", "UNAUTHENTICATED", "OK"),
    ("query reportFile", "UNAUTHENTICATED", "OK"),
    ("query unreadNotifications", "UNAUTHENTICATED", "OK"),
    ("subscription activityAdded", "UNAUTHENTICATED", "SILENCE"),
    ("subscription activityChanged", "UNAUTHENTICATED", "OK"),
    ("subscription notificationAdded", "UNAUTHENTICATED", "SILENCE"),
    ("subscription unreadNotificationsChanged", "UNAUTHENTICATED", "OK"),
];

#[tokio::test]
async fn every_root_field_is_refused_to_nobody() {
    let fixture = Fixture::open().await;
    fixture.subgraph.verify_access(&person(UserId::new()), ROWS).await;
    fixture.subgraph.close().await;
}

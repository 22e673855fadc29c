//! Authorisation of every root field: a row each with the responses to an anonymous caller and to a stranger.

use contracts::UserId;
use kit::testing::person;

use crate::fixture::Fixture;

#[rustfmt::skip]
const ROWS: &[(&str, &str, &str)] = &[
    ("mutation confirmPayment",   "UNAUTHENTICATED", "PAYMENT_NOT_FOUND"),
    ("mutation connectPayouts",   "UNAUTHENTICATED", "NOT_CONFIGURED"),
    ("mutation disputePayment",   "UNAUTHENTICATED", "PAYMENT_NOT_FOUND"),
    ("mutation editPayment",      "UNAUTHENTICATED", "PAYMENT_NOT_FOUND"),
    ("mutation muteReminders",    "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation recordPayment",    "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation remind",           "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation settleBetween",    "UNAUTHENTICATED", "OK"),
    ("mutation startCardPayment", "UNAUTHENTICATED", "NOT_CONFIGURED"),
    ("mutation voidPayment",      "UNAUTHENTICATED", "PAYMENT_NOT_FOUND"),
    ("query cardQuote",           "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("query payment",             "UNAUTHENTICATED", "PAYMENT_NOT_FOUND"),
    ("query payouts",             "UNAUTHENTICATED", "NOT_CONFIGURED"),
    ("subscription groupMoved",   "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
];

#[tokio::test]
async fn every_root_field_refuses_strangers_as_its_row_says() {
    let fixture = Fixture::open().await;
    fixture.subgraph.verify_access(&person(UserId::new()), ROWS).await;
    fixture.subgraph.close().await;
}

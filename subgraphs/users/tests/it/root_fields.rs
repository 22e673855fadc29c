//! Authorisation of every root field: a row each with the responses to an anonymous caller and to a stranger.

use contracts::UserId;
use kit::testing::person;

use crate::fixture::Fixture;

#[rustfmt::skip]
const ROWS: &[(&str, &str, &str)] = &[
    ("mutation acceptFriendRequest",      "UNAUTHENTICATED", "FRIEND_REQUEST_NOT_FOUND"),
    ("mutation beginSecondFactor",        "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("mutation blockUser",                "UNAUTHENTICATED", "OK"),
    ("mutation changePassword",           "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("mutation confirmEmail",             "LINK_EXPIRED",    "LINK_EXPIRED"),
    ("mutation declineFriendRequest",     "UNAUTHENTICATED", "FRIEND_REQUEST_NOT_FOUND"),
    ("mutation deleteAccount",            "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("mutation disableSecondFactor",      "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("mutation enableSecondFactor",       "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("mutation endOtherSessions",         "UNAUTHENTICATED", "OK"),
    ("mutation endSession",               "UNAUTHENTICATED", "OK"),
    ("mutation login",                    "BAD_CREDENTIALS", "BAD_CREDENTIALS"),
    ("mutation logout",                   "OK",              "OK"),
    ("mutation refreshSession",           "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("mutation register",                 "VALIDATION",      "VALIDATION"),
    ("mutation removeFriend",             "UNAUTHENTICATED", "OK"),
    ("mutation requestEmailChange",       "NOT_CONFIGURED",  "NOT_CONFIGURED"),
    ("mutation requestEmailVerification", "NOT_CONFIGURED",  "NOT_CONFIGURED"),
    ("mutation requestPasswordReset",     "NOT_CONFIGURED",  "NOT_CONFIGURED"),
    ("mutation resetPassword",            "LINK_EXPIRED",    "LINK_EXPIRED"),
    ("mutation sendFriendRequest",        "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("mutation sendFriendRequestTo",      "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("mutation setPayHandles",            "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("mutation unblockUser",              "UNAUTHENTICATED", "OK"),
    ("mutation updateProfile",            "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("query exportMyData",                "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("query me",                          "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ("subscription friendsChanged",       "UNAUTHENTICATED", "UNAUTHENTICATED"),
];

#[tokio::test]
async fn every_root_field_refuses_strangers_as_its_row_says() {
    let fixture = Fixture::open().await;
    fixture.subgraph.verify_access(&person(UserId::new()), ROWS).await;
    fixture.subgraph.close().await;
}

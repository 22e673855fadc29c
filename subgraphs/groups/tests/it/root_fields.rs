//! Every root field has a row, with what an anonymous caller and a person without any relation to the data are answered.

use crate::fixture::Fixture;

#[rustfmt::skip]
const ROWS: &[(&str, &str, &str)] = &[
    ("mutation addFriend",       "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation addGuest",        "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation approveClaim",    "UNAUTHENTICATED", "MEMBER_NOT_FOUND"),
    ("mutation archiveGroup",    "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation changeRole",      "UNAUTHENTICATED", "MEMBER_NOT_FOUND"),
    ("mutation createGroup",     "UNAUTHENTICATED", "OK"),
    ("mutation createHousehold", "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation createInvite",    "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation declineClaim",    "UNAUTHENTICATED", "MEMBER_NOT_FOUND"),
    ("mutation deleteHousehold", "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation directGroup",     "UNAUTHENTICATED", "NOT_A_FRIEND"),
    ("mutation handOverGroup",   "UNAUTHENTICATED", "MEMBER_NOT_FOUND"),
    ("mutation joinGroup",       "UNAUTHENTICATED", "INVITE_NOT_FOUND"),
    ("mutation leaveGroup",      "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation removeMember",    "UNAUTHENTICATED", "MEMBER_NOT_FOUND"),
    ("mutation renameGuest",     "UNAUTHENTICATED", "MEMBER_NOT_FOUND"),
    ("mutation requestClaim",    "UNAUTHENTICATED", "INVITE_NOT_FOUND"),
    ("mutation restoreGroup",    "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation revokeInvite",    "UNAUTHENTICATED", "INVITE_NOT_FOUND"),
    ("mutation undoClaim",       "UNAUTHENTICATED", "MEMBER_NOT_FOUND"),
    ("mutation updateGroup",     "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation updateHousehold", "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("query group",              "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("query groups",             "UNAUTHENTICATED", "OK"),
    ("query invite",             "OK",              "OK"),
];

#[tokio::test]
async fn every_root_field_refuses_strangers_as_its_row_says() {
    let fixture = Fixture::open().await;
    fixture.subgraph.verify_access(&fixture.person("Eve"), ROWS).await;
    fixture.subgraph.close().await;
}

//! Every root field has a row, with what an anonymous caller and a person without any relation to the data are answered.

use contracts::UserId;
use kit::testing::person;

use crate::fixture::Fixture;

#[rustfmt::skip]
const ROWS: &[(&str, &str, &str)] = &[
    ("mutation acceptAdvice",      "UNAUTHENTICATED", "EXPENSE_NOT_FOUND"),
    ("mutation addComment",        "UNAUTHENTICATED", "EXPENSE_NOT_FOUND"),
    ("mutation confirmDraft",      "UNAUTHENTICATED", "DRAFT_NOT_FOUND"),
    ("mutation createCategory",    "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation createExpense",     "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation createPreset",      "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation createSchedule",    "UNAUTHENTICATED", "VALIDATION"),
    ("mutation deleteCategory",    "UNAUTHENTICATED", "CATEGORY_NOT_FOUND"),
    ("mutation deleteComment",     "UNAUTHENTICATED", "COMMENT_NOT_FOUND"),
    ("mutation deleteExpense",     "UNAUTHENTICATED", "EXPENSE_NOT_FOUND"),
    ("mutation deletePreset",      "UNAUTHENTICATED", "PRESET_NOT_FOUND"),
    ("mutation deleteSchedule",    "UNAUTHENTICATED", "SCHEDULE_NOT_FOUND"),
    ("mutation discardDraft",      "UNAUTHENTICATED", "DRAFT_NOT_FOUND"),
    ("mutation dismissAdvice",     "UNAUTHENTICATED", "EXPENSE_NOT_FOUND"),
    ("mutation draftExpense",      "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("mutation draftReceipt",      "UNAUTHENTICATED", "NOT_CONFIGURED"),
    ("mutation editComment",       "UNAUTHENTICATED", "COMMENT_NOT_FOUND"),
    ("mutation importLedger",      "UNAUTHENTICATED", "VALIDATION"),
    ("mutation pauseSchedule",     "UNAUTHENTICATED", "SCHEDULE_NOT_FOUND"),
    ("mutation prepareAttachment", "UNAUTHENTICATED", "EXPENSE_NOT_FOUND"),
    ("mutation removeAttachment",  "UNAUTHENTICATED", "ATTACHMENT_NOT_FOUND"),
    ("mutation restoreExpense",    "UNAUTHENTICATED", "EXPENSE_NOT_FOUND"),
    ("mutation resumeSchedule",    "UNAUTHENTICATED", "SCHEDULE_NOT_FOUND"),
    ("mutation updateCategory",    "UNAUTHENTICATED", "CATEGORY_NOT_FOUND"),
    ("mutation updateExpense",     "UNAUTHENTICATED", "EXPENSE_NOT_FOUND"),
    ("mutation updatePreset",      "UNAUTHENTICATED", "PRESET_NOT_FOUND"),
    ("mutation updateSchedule",    "UNAUTHENTICATED", "SCHEDULE_NOT_FOUND"),
    ("query draft",                "UNAUTHENTICATED", "DRAFT_NOT_FOUND"),
    ("query exchangeRate",         "UNAUTHENTICATED", "OK"),
    ("query expense",              "UNAUTHENTICATED", "EXPENSE_NOT_FOUND"),
    ("query exportGroup",          "UNAUTHENTICATED", "GROUP_NOT_FOUND"),
    ("query previewSplit",         "UNAUTHENTICATED", "OK"),
    ("query suggestCategory",      "UNAUTHENTICATED", "OK"),
    ("subscription draftChanged",  "UNAUTHENTICATED", "DRAFT_NOT_FOUND"),
    ("subscription importMoved",   "UNAUTHENTICATED", "SILENCE"),
];

#[tokio::test]
async fn every_root_field_refuses_strangers_as_its_row_says() {
    let fixture = Fixture::open().await;
    fixture.subgraph.verify_access(&person(UserId::new()), ROWS).await;
    fixture.subgraph.close().await;
}

//! Every root field has a row, with what an anonymous caller and a person without any relation to the data are answered.

use contracts::UserId;
use kit::testing::person;

use crate::fixture::Fixture;

#[rustfmt::skip]
const ROWS: &[(&str, &str, &str)] = &[
];

#[tokio::test]
async fn every_root_field_refuses_strangers_as_its_row_says() {
    let fixture = Fixture::open().await;
    fixture.subgraph.verify_access(&person(UserId::new()), ROWS).await;
    fixture.subgraph.close().await;
}

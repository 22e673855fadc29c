//! A thousand random changes through the router.

use crate::{drift::by_chance, installation::Quits};

#[tokio::test]
async fn a_thousand_changes_leave_exactly_what_they_add_up_to() {
    let quits = Quits::alone().await;
    by_chance(&quits, 125, |_| quits.api()).await;
}

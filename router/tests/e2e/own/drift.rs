//! Ten thousand changes at the subgraphs, and what their journals say of it.

use crate::{drift::by_chance, stack::Stack};

#[tokio::test]
async fn ten_thousand_changes_leave_exactly_what_they_add_up_to() {
    let stack = Stack::start_alone().await;
    by_chance(&stack, 1_250, |subgraph| stack.url(subgraph, "/graphql")).await;
    for name in ["expenses", "payments"] {
        let (verified, said) = stack.verify(name).await;
        assert!(verified, "{said}");
        println!("{name}: {said}");
    }
}

//! Ten thousand random changes directly at the subgraphs, followed by a verification of their journals.

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

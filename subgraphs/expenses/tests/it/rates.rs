//! Expenses in another currency than that of their group.

use serde_json::{Value, json};

use crate::fixture::Fixture;

const CREATE: &str = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) {
    id version rate converted { amount currency } } }";
const UPDATE: &str = "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) {
    id version rate converted { amount currency } history { change } } }";

impl Fixture {
    /// 100.45 dollars that Ada paid for herself and Ben, with this rate.
    fn dollars(&self, key: &str, rate: &Value) -> Value {
        let [ada, ben] = [0, 1].map(|place| self.member(place));
        self.dinner_with(
            key,
            &json!({ "total": { "amount": "100.45", "currency": "USD" }, "rate": rate,
                "payers": [{ "memberId": ada, "amount": "100.45" }], "split": { "equal": [ada, ben] } }),
        )
    }

    async fn save(&self, input: Value) -> Value {
        self.subgraph.data(&self.caller(0), CREATE, json!({ "input": input })).await["createExpense"].take()
    }

    async fn edit(&self, expense: &Value, changes: &Value) -> Value {
        let mut input = json!({ "id": expense["id"], "expectedVersion": expense["version"] });
        input.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        self.subgraph.data(&self.caller(1), UPDATE, json!({ "input": input })).await["updateExpense"].take()
    }
}

fn euro(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

fn changes(expense: &Value) -> Vec<&str> {
    expense["history"].as_array().unwrap().iter().map(|one| one["change"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_rate_is_saved_and_shown_both_ways_and_moves_no_money() {
    let fixture = Fixture::open().await;
    let expense = fixture.save(fixture.dollars("k", &json!("0.9000"))).await;
    // 90.405, rounded half to even.
    assert_eq!((&expense["rate"], &expense["converted"]), (&json!("0.9"), &euro("90.40")));
    let nets = fixture.nets().await;

    let expense = fixture.edit(&expense, &json!({ "total": { "amount": "200.00", "currency": "USD" } })).await;
    assert_eq!((&expense["rate"], &expense["converted"]), (&json!("0.9"), &euro("180.00")), "the rate stays");
    let expense = fixture.edit(&expense, &json!({ "rate": "0.92271" })).await;
    assert_eq!((&expense["rate"], &expense["converted"]), (&json!("0.92271"), &euro("184.54")));
    assert_eq!(changes(&expense).last(), Some(&"changed the rate"));
    let without = fixture.edit(&expense, &json!({ "rate": null })).await;
    assert_eq!((&without["rate"], &without["converted"]), (&Value::Null, &Value::Null));

    let again = fixture.edit(&without, &json!({ "rate": "0.9" })).await;
    let kroner = fixture.edit(&again, &json!({ "total": { "amount": "700.00", "currency": "DKK" } })).await;
    assert_eq!((&kroner["rate"], &kroner["converted"]), (&Value::Null, &Value::Null), "that was a rate of dollars");
    assert_eq!((nets[0] + nets[1], nets[2], nets[3]), (0, 0, 0));
    assert!((5_022..=5_023).contains(&nets[0]), "in dollars: {nets:?}");
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_rate_is_fixed_even_when_the_group_has_another_currency_later() {
    let mut fixture = Fixture::open().await;
    let expense = fixture.save(fixture.dollars("k", &json!("0.9"))).await;
    fixture.group.currency = money::Currency::from_code("USD").unwrap();
    fixture.rosters.put(fixture.group.clone());
    let expense = fixture.edit(&expense, &json!({ "description": "Supper" })).await;
    assert_eq!((&expense["rate"], &expense["converted"]), (&json!("0.9"), &euro("90.40")));
    assert_eq!(changes(&expense).last(), Some(&"changed the description from \"Dinner\" to \"Supper\""));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_rate_is_a_number_for_another_currency() {
    let fixture = Fixture::open().await;
    let caller = fixture.caller(0);
    for rate in ["", "0", "-1", "1,5", "0.12345678901", "abc", "1000000000"] {
        let refused = fixture.refusal(&caller, fixture.dollars("k", &json!(rate))).await;
        assert_eq!(refused, ("VALIDATION".to_owned(), "input.rate".to_owned()), "{rate:?}");
    }
    let own = fixture.dinner_with("k", &json!({ "rate": "1.5" }));
    assert_eq!(fixture.refusal(&caller, own).await, ("VALIDATION".to_owned(), "input.rate".to_owned()));
    assert_eq!(fixture.count().await, 0);
    fixture.subgraph.close().await;
}

//! A machine is lost with all that was on it but its backups: Quits goes on from there.

use std::{
    fs::{self, File},
    path::Path,
    process::Output,
};

use serde_json::{Value, json};

use crate::{
    person::GROUP,
    stack::{Stack, eventually},
    trip::{Trip, balance, minor},
};

/// Whoever refers to others comes before them, so that whatever is referred to is in a later backup.
const IN_THIS_ORDER: [&str; 5] = ["reports", "payments", "expenses", "groups", "users"];

const UPDATE: &str = "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) { id } }";
const PAY: &str = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
const INVITE: &str = "mutation($id: ID!) { createInvite(groupId: $id) { token } }";

/// Backs one subgraph up into a folder; some write to a file by themselves, some to where they are told to.
async fn keep(stack: &Stack, name: &str, folder: &Path) {
    let path = folder.join(name);
    let mut backup = stack.program(name);
    backup.arg("backup");
    if name == "users" {
        succeeded(&backup.arg("--file").arg(path).output().await.unwrap());
    } else {
        let output = backup.output().await.unwrap();
        succeeded(&output);
        fs::write(path, output.stdout).unwrap();
    }
}

/// Restores them all, the other way round, into the databases of a stack that does not run yet.
pub async fn restore(stack: &Stack, folder: &Path) {
    for name in IN_THIS_ORDER.into_iter().rev() {
        let path = folder.join(name);
        let mut restore = stack.program(name);
        restore.arg("restore");
        if name == "users" {
            restore.arg("--file").arg(path);
        } else {
            restore.stdin(File::open(path).unwrap());
        }
        succeeded(&restore.output().await.unwrap());
    }
}

fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// All that a person sees.
async fn picture(trip: &Trip, person: usize) -> Value {
    let query = format!(
        "query($id: ID!) {{ me {{ name email }} group(id: $id) {{ {GROUP}
            expenses {{ edges {{ node {{ id description version total {{ amount }} advice {{ category }}
                shares {{ member {{ name }} amount {{ amount }} }} history {{ version at change by {{ name }} }} }} }} }}
            payments {{ edges {{ node {{ id status amount {{ amount }} from {{ name }} to {{ name }} }} }} }}
            report {{ upToVersion total {{ amount }} byCategory {{ category total {{ amount }} }} }}
            activity {{ totalCount edges {{ node {{ type at }} }} }} }} }}"
    );
    trip.people[person].data(&query, json!({ "id": trip.id })).await
}

/// Waits until the report has this total and has counted so many changes of expenses, advice being one of them.
async fn caught_up(trip: &Trip, total: &str, version: i64) -> Value {
    eventually("the report catches up", async || {
        let seen = picture(trip, 0).await;
        let report = &seen["group"]["report"];
        (report["total"][0]["amount"] == total && report["upToVersion"] == version).then_some(seen)
    })
    .await
}

/// A trip with an expense that was edited, and a payment.
async fn travelled(stack: &Stack) -> Trip {
    let trip = Trip::of(stack, &["Ada", "Ben", "Cleo"]).await;
    let dinner = trip.spend(0, "100.00", "first").await;
    caught_up(&trip, "100.00", 2).await;
    let edit = json!({
        "id": dinner["data"]["createExpense"]["id"],
        "expectedVersion": 1,
        "total": { "amount": "110.00", "currency": "EUR" },
    });
    trip.people[0].data(UPDATE, json!({ "input": edit })).await;
    let payment = json!({
        "groupId": trip.id,
        "fromMemberId": trip.members[1],
        "toMemberId": trip.members[0],
        "amount": { "amount": "20.00", "currency": "EUR" },
        "idempotencyKey": "payment",
    });
    trip.people[1].data(PAY, json!({ "input": payment })).await;
    trip
}

#[tokio::test]
async fn from_its_backups_everything_is_as_it_was() {
    let stack = Stack::start().await;
    let mut trip = travelled(&stack).await;
    caught_up(&trip, "110.00", 4).await;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("backup-{}", trip.id));
    fs::create_dir_all(&folder).unwrap();

    let (first, others) = IN_THIS_ORDER.split_first().unwrap();
    keep(&stack, first, &folder).await;
    // The backup of reports knows nothing of this, that of expenses has it as published.
    let late = trip.spend(1, "10.00", "late").await["data"]["createExpense"]["id"].take();
    let before = caught_up(&trip, "120.00", 6).await;
    for name in others {
        keep(&stack, name, &folder).await;
    }
    trip.spend(2, "30.00", "too late").await;
    drop(stack);

    let stack = Stack::start_from(&folder).await;
    for person in &mut trip.people {
        *person = person.sign_in(&stack).await;
    }
    assert_eq!(caught_up(&trip, "120.00", 6).await, before);
    for person in 1..3 {
        let seen = picture(&trip, person).await;
        assert_eq!(seen["me"]["name"], trip.people[person].name);
        assert_eq!(seen["group"], before["group"]);
    }
    for name in ["expenses", "payments"] {
        assert!(stack.verify(name).await.0, "{name}");
    }

    let again = trip.spend(1, "10.00", "late").await["data"]["createExpense"]["id"].take();
    assert_eq!(again, late, "what was done once stays done once");
    trip.spend(2, "30.00", "too late").await;
    let after = caught_up(&trip, "150.00", 8).await;
    let of_cleo = |seen: &Value| minor(&balance(&seen["group"], "Cleo"));
    assert_eq!(of_cleo(&after), of_cleo(&before) + 2_000);
    trip.people[0].data(INVITE, json!({ "id": trip.id })).await;
    fs::remove_dir_all(folder).unwrap();
}

use contracts::event::MemberFacts;
use money::{Amount, Split};

use super::*;

const NAMES: [&str; 3] = ["Ada", "Ben", "Cleo"];

fn roster() -> Roster {
    let member = |name: &&str| MemberFacts {
        member_id: MemberId::new(),
        user_id: Some(UserId::new()),
        name: (*name).to_owned(),
        left: false,
    };
    let members = NAMES.iter().map(member).collect();
    Roster::new(GroupId::new(), euro(), members)
}

fn euro() -> Currency {
    Currency::from_code("EUR").unwrap()
}

fn people(roster: &Roster) -> Vec<MemberId> {
    roster.members.iter().map(|member| member.member_id).collect()
}

fn now() -> Timestamp {
    "2026-11-22T09:30:00Z".parse().unwrap()
}

/// The author's time zone is ahead of UTC: there it is already the next day.
fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn pending(roster: &Roster) -> Draft {
    let member = roster.members[0].clone();
    let membership = Membership { roster: roster.clone(), member };
    Draft::requested(UserId::new(), &membership, Source::Text("Dinner 30".to_owned()), (now(), today()))
}

fn dinner() -> Reading {
    let total = Some(Amount::new(3_000, euro()));
    Reading { description: Some("Dinner".to_owned()), total, ..Reading::default() }
}

/// Reads a draft in a group of three.
fn read(reading: Reading) -> Draft {
    let roster = roster();
    let read = Read::by(Advisor::Gemini, reading);
    pending(&roster).read(read, &people(&roster), Some(&roster), now()).unwrap()
}

#[test]
fn missing_values_get_defaults() {
    let draft = read(Reading { guesses: vec![Remark::SharedByAll], ..dinner() });
    assert_eq!((draft.status, draft.advisor), (Status::Ready, Some(Advisor::Gemini)));
    assert_eq!(draft.reading.payers, Some(vec![MemberAmount { member_id: draft.author_member, amount_minor: 3_000 }]));
    assert_eq!(draft.reading.split.as_ref().unwrap().members().len(), 3);
    assert_eq!(draft.reading.date, Some(today()));
    assert_eq!(draft.problems, ["Shared by everyone."]);
    assert_eq!(draft.remarks()[0].code, "SHARED_BY_ALL");
}

#[test]
fn a_payment_is_kept_with_its_members_and_makes_no_expense() {
    let payment = reader::Payment { from: 0, to: 1, amount: Amount::new(2_000, euro()) };
    let questions = vec![Remark::PaymentBetweenTwo];
    let draft = read(Reading { payment: Some(payment), questions, ..Reading::default() });
    let read = draft.payment.unwrap();
    assert_eq!((draft.status, read.from, read.amount()), (Status::Failed, draft.author_member, payment.amount));
    assert_ne!(read.to, read.from);
}

#[test]
fn an_open_question_prevents_ready_and_defaults() {
    let draft = read(Reading { questions: vec![Remark::Said { text: "Which Ben?".to_owned() }], ..dinner() });
    assert_eq!((draft.status, &draft.problems[..]), (Status::Failed, &["Which Ben?".to_owned()][..]));
    assert_eq!((draft.reading.total.unwrap().minor, draft.reading.payers, draft.reading.split), (3_000, None, None));
}

#[test]
fn an_invalid_expense_is_not_ready() {
    let far = "1999-12-31".parse().ok();
    let lines = (0..201).map(|_| 0).collect();
    for reading in [
        Reading { total: None, ..dinner() },
        Reading { description: None, ..dinner() },
        Reading { description: Some("x".repeat(201)), ..dinner() },
        Reading { total: Some(Amount::new(0, euro())), ..dinner() },
        Reading { total: Some(Amount::new(i64::MAX, euro())), ..dinner() },
        Reading { total: Some(Amount::new(i64::MIN, euro())), ..dinner() },
        Reading { date: far, ..dinner() },
        Reading { payers: vec![(0, 2_999)], ..dinner() },
        Reading { payers: vec![(0, 4_000), (1, -1_000)], ..dinner() },
        Reading { payers: vec![(0, i64::MAX), (1, i64::MAX)], ..dinner() },
        Reading { split: Some(Split::Exact(vec![(0, 1_000), (1, 1_000)])), ..dinner() },
        Reading { split: Some(Split::Percent(vec![(0, 5_000), (1, 5_001)])), ..dinner() },
        Reading { split: Some(Split::Weights(vec![(0, u64::MAX)])), ..dinner() },
        Reading { split: Some(Split::Equal(lines)), ..dinner() },
        Reading { split: Some(Split::Equal(Vec::new())), ..dinner() },
    ] {
        let draft = read(reading.clone());
        assert_eq!(draft.status, Status::Failed, "{reading:?}");
        assert!(!draft.problems.is_empty(), "{reading:?}");
    }
}

#[test]
fn an_index_out_of_range_names_nobody() {
    for reading in [
        Reading { payers: vec![(3, 3_000)], ..dinner() },
        Reading { split: Some(Split::Equal(vec![0, usize::MAX])), ..dinner() },
    ] {
        let draft = read(reading);
        assert_eq!((draft.status, draft.reading), (Status::Failed, Edit::default()));
        assert_eq!(draft.remarks, [Problem::of(&Obstacle::NotOfThisGroup)]);
    }
}

#[test]
fn problems_are_limited_in_number_length_and_characters() {
    let question = format!("a\u{7}b\n{}", "x".repeat(1_000));
    let draft = read(Reading { questions: vec![Remark::Said { text: question }; 50], ..dinner() });
    assert_eq!(draft.problems.len(), MOST_PROBLEMS);
    assert!(draft.problems.iter().all(|problem| problem.chars().count() == LONGEST_PROBLEM));
    assert!(draft.problems[0].starts_with("abxxx"));
    let before_remarks = Draft { remarks: Vec::new(), ..draft.clone() };
    assert_eq!(before_remarks.remarks()[0].message, draft.problems[0]);
}

#[test]
fn the_state_only_moves_forward() {
    let roster = roster();
    let pending = pending(&roster);
    let expense = ExpenseId::new();
    assert_eq!(pending.confirmed(expense, now()), Err(Refusal::DraftNotRead));
    let ready = read(dinner());
    let confirmed = ready.confirmed(expense, now()).unwrap();
    assert_eq!((confirmed.status, confirmed.expense_id), (Status::Confirmed, Some(expense)));
    let discarded = ready.discarded(now()).unwrap();
    for over in [&confirmed, &discarded] {
        assert_eq!(over.confirmed(expense, now()), Err(over.status.refusal()));
        assert_eq!(over.discarded(now()), Err(over.status.refusal()));
        assert_eq!(over.completed(Edit::default()), Err(over.status.refusal()));
        let read = Read::by(Advisor::Rules, dinner());
        let again = over.read(read, &people(&roster), Some(&roster), now());
        assert_eq!(again, Err(over.status.refusal()));
    }
}

#[test]
fn members_are_kept_while_the_total_is_unknown() {
    let split = Some(Split::Equal(vec![1, 2]));
    let draft = read(Reading { total: None, payers: vec![(1, 0)], split, ..dinner() });
    assert_eq!((draft.status, draft.currency()), (Status::Failed, euro()));
    let minors = |parts: Vec<MemberAmount>| parts.iter().map(|part| part.amount_minor).collect::<Vec<_>>();
    assert_eq!((minors(draft.payers()), minors(draft.shares(0))), (vec![0], vec![0, 0]));
}

#[test]
fn amounts_of_unknown_currency_are_dropped() {
    let split = Some(Split::Exact(vec![(0, 1_000), (1, 2_000)]));
    let draft = read(Reading { total: None, payers: vec![(0, 1), (1, 2)], split, ..dinner() });
    assert_eq!((draft.status, draft.reading.payers, draft.reading.split), (Status::Failed, None, None));
}

#[test]
fn each_status_has_its_own_refusal() {
    assert_eq!(Status::Pending.refusal(), Refusal::DraftNotRead);
    assert_eq!(Status::Ready.refusal(), Refusal::DraftRead);
    assert_eq!(Status::Failed.refusal(), Refusal::DraftRead);
    assert_eq!(Status::Confirmed.refusal(), Refusal::DraftConfirmed);
    assert_eq!(Status::Discarded.refusal(), Refusal::DraftDiscarded);
}

//! Clauses that only give a reason: "because she left early".

use crate::{
    clause::Link,
    line::{Line, Sign},
    piece::{Party, Who},
    role::Role,
};

/// Removes the lines that only give a reason or a remark about a person named before.
pub(crate) fn without_reasons(lines: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        if !(is_reason(&kept, &line) || is_remark(&kept, &line)) {
            kept.push(line);
        }
    }
    kept
}

/// Carries the subject over to a second verb: "Ben sorted it out with the skipper and paid".
pub(crate) fn go_on(lines: &mut [Line]) {
    for at in 1..lines.len() {
        let (before, behind) = lines.split_at_mut(at);
        let (Some(before), Some(line)) = (before.last_mut(), behind.first_mut()) else { return };
        let goes_on = line.link == Link::And && line.verb == Some(Role::Paid) && !line.has_people();
        let bare = before.bare.len() == 1 && before.bare[0].is_one() && before.verb.is_none() && before.value.is_none();
        if !goes_on {
            continue;
        }
        if bare {
            line.subject = before.bare.pop();
        } else if before.verb == Some(Role::Paid) && before.value.is_none() && line.value.is_none() {
            // The payment has been stated already.
            line.subject = before.subject.take();
            before.verb = line.subject.is_none().then_some(Role::Paid);
        } else {
            line.subject.clone_from(&before.subject);
        }
    }
}

/// Whether the line is a reason: it has no amount and no payment, and names nobody new.
fn is_reason(before: &[Line], line: &Line) -> bool {
    let plain = line.value.is_none() && line.loose.is_empty() && line.strangers.is_empty() && line.unclear.is_empty();
    let pays = matches!(line.verb, Some(Role::Paid | Role::Pays | Role::Transfer | Role::Treat));
    let known = |party: &Party| match &party.who {
        Who::Named(people) => people.iter().all(|person| before.iter().any(|line| speaks_of(line, *person))),
        Who::Unclear => false,
        _ => true,
    };
    // A person who was absent must have been excluded already.
    let last = before.last();
    let told = |party: &Party| match &party.who {
        Who::Named(people) => people.iter().all(|person| last.is_some_and(|last| singles_out(last, *person))),
        _ => false,
    };
    line.link == Link::Because
        && plain
        && !pays
        && line.parties().all(known)
        && (line.verb != Some(Role::Not) || line.parties().all(told))
}

/// Whether the line is a remark about a person that does not concern money: "she's veggie".
fn is_remark(before: &[Line], line: &Line) -> bool {
    let says_nothing = line.value.is_none()
        && line.verb.is_none()
        && line.marked.is_empty()
        && line.owned.is_none()
        && line.says.is_empty()
        && line.loose.is_empty()
        && line.strangers.is_empty()
        && line.days.is_empty()
        && line.names_something();
    let known = |party: &Party| match &party.who {
        Who::Named(people) => {
            !party.owner && people.iter().all(|person| before.iter().any(|line| singles_out(line, *person)))
        }
        _ => false,
    };
    let absent = |party: &Party| match &party.who {
        Who::Named(people) => {
            !party.owner && people.iter().all(|person| before.iter().any(|line| leaves_out(line, *person)))
        }
        _ => false,
    };
    let plain = line.value.is_none() && line.loose.is_empty() && line.strangers.is_empty() && line.unclear.is_empty();
    let does = matches!(line.verb, None | Some(Role::Had | Role::Got));
    let told = line.has_people() && line.marked.is_empty() && line.parties().all(absent);
    (plain && does && told && line.link != Link::And)
        || (says_nothing && (told || (line.has(Sign::Pronouns) && line.parties().all(known))))
}

fn speaks_of(line: &Line, person: usize) -> bool {
    line.parties()
        .any(|party| matches!(&party.who, Who::Named(people) | Who::Everyone(people) if people.contains(&person)))
}

/// Whether the line excludes this person: "everyone but Ben", "not Ben".
fn leaves_out(line: &Line, person: usize) -> bool {
    let has = |party: &Party| matches!(&party.who, Who::Named(people) if people.contains(&person));
    line.parties().any(|party| matches!(&party.who, Who::Everyone(without) if without.contains(&person)))
        || line.marked(&[Role::Except]).any(has)
        || (line.verb == Some(Role::Not) && line.parties().any(has))
}

/// Whether the line says something about this person alone.
fn singles_out(line: &Line, person: usize) -> bool {
    line.parties().any(|party| match &party.who {
        Who::Named(people) => *people == [person] || line.verb == Some(Role::Not) && people.contains(&person),
        Who::Everyone(without) => without.contains(&person),
        _ => false,
    }) || line.marked(&[Role::Except]).any(|party| matches!(&party.who, Who::Named(people) if people.contains(&person)))
}

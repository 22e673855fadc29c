//! A draft: a sentence or a photo that is about to become an expense. It moves no money. Whatever an advisor read, it
//! is validated like an expense, and becomes one only when its author confirms it.

mod obstacle;
pub(crate) mod operations;
mod payment;
pub(crate) mod photo;
mod reading;
pub(crate) mod store;
mod watch;

use chrono::{NaiveDate, Utc};
use contracts::{
    DraftId, ExpenseId, GroupId, MemberId, Timestamp, UserId, amount,
    event::{DraftFacts, DraftRequest, DraftSource, MemberAmount, NamedMember},
    roster::{Membership, Roster},
};
use kit::{digest, text::note};
use money::{Currency, Split};
use reader::{LONGEST_TEXT, Reading, Remark};
use serde::{Deserialize, Serialize};

use crate::{
    advisor::{Advisor, Read},
    expense::{Author, Expense, NewExpense, edit::Edit, shares::shares},
    problem::Problem,
    refusal::Refusal,
};
use obstacle::Obstacle;

pub(crate) use payment::ReadPayment;

/// How long a draft and its source are kept after its last change of status.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// The most problems that are kept: longer lists do not help anybody.
const MOST_PROBLEMS: usize = 10;
/// Advisors are not trusted.
const LONGEST_PROBLEM: usize = 300;

/// A draft as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Draft {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: DraftId,
    /// The group whose ledger the expense would enter.
    pub group_id: GroupId,
    /// The user who created it; nobody else may see it.
    pub author: UserId,
    /// The author as a member of the group, who is meant by "I" and "me".
    pub author_member: MemberId,
    /// The currency of the group, which applies while no total is known.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// What it is read from.
    pub source: Source,
    /// Its state.
    pub status: Status,
    /// Who has read it; `None` while it is pending.
    pub advisor: Option<Advisor>,
    /// What has been read so far.
    pub reading: Edit,
    /// The payment that the text describes instead of an expense, if any.
    #[serde(default)]
    pub payment: Option<ReadPayment>,
    /// Missing or guessed values, as sentences for the author; also for versions that do not read `remarks`.
    pub problems: Vec<String>,
    /// The same as data.
    #[serde(default)]
    remarks: Vec<Problem>,
    /// The expense that was made from it, once it is confirmed.
    pub expense_id: Option<ExpenseId>,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When it expires.
    #[serde(rename = "purge_at", with = "kit::mongo::purge_at")]
    pub kept_until: Timestamp,
    /// The author's date at the time of the request; `None` in drafts stored before this field existed.
    #[serde(default)]
    today: Option<NaiveDate>,
}

/// The source of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Source {
    /// The text that the author wrote.
    Text(String),
    /// A photo of a receipt, which is stored separately.
    Photo,
}

/// The state of a draft: PENDING -> READY | FAILED -> CONFIRMED, and DISCARDED from any state but CONFIRMED.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// It has not been read yet.
    Pending,
    /// It can be confirmed as it is.
    Ready,
    /// It can be confirmed once missing values are added.
    Failed,
    /// It has become an expense.
    Confirmed,
    /// Its author has discarded it.
    Discarded,
}

impl Status {
    /// Returns why a draft in this state cannot make the requested transition.
    fn refusal(self) -> Refusal {
        match self {
            Self::Pending => Refusal::DraftNotRead,
            Self::Ready | Self::Failed => Refusal::DraftRead,
            Self::Confirmed => Refusal::DraftConfirmed,
            Self::Discarded => Refusal::DraftDiscarded,
        }
    }
}

impl Draft {
    /// Creates a draft, requested by a member of the group; `today` is the author's date.
    pub(crate) fn requested(
        author: UserId,
        membership: &Membership,
        source: Source,
        (now, today): (Timestamp, NaiveDate),
    ) -> Self {
        Self {
            id: DraftId::new(),
            group_id: membership.roster.group_id,
            author,
            author_member: membership.member.member_id,
            currency: membership.roster.currency,
            source,
            status: Status::Pending,
            advisor: None,
            reading: Edit::default(),
            payment: None,
            problems: Vec::new(),
            remarks: Vec::new(),
            expense_id: None,
            created_at: now,
            kept_until: kept_from(now),
            today: Some(today),
        }
    }

    /// Whether it has expired. MongoDB removes expired documents later.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.kept_until <= now
    }

    /// Returns the text it is read from; empty for a photo.
    pub(crate) fn text(&self) -> &str {
        match &self.source {
            Source::Text(text) => text,
            Source::Photo => "",
        }
    }

    /// Returns the date that "today" in the text refers to, whenever the text is read.
    pub(crate) fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| self.created_at.date_in(&Utc))
    }

    /// Returns the currency of its amounts.
    pub(crate) fn currency(&self) -> Currency {
        self.reading.total.map_or(self.currency, |total| total.currency)
    }

    /// Returns the payers read so far; their amounts are zero while no total is known.
    pub(crate) fn payers(&self) -> Vec<MemberAmount> {
        let payers = self.reading.payers.clone().unwrap_or_default();
        if self.reading.total.is_some() { payers } else { nothing_of(payers.iter().map(|payer| payer.member_id)) }
    }

    /// Returns the shares read so far; their amounts are zero while no total is known. The offset decides who gets the
    /// odd cents.
    pub(crate) fn shares(&self, rounding_offset: i64) -> Vec<MemberAmount> {
        match (&self.reading.split, self.reading.total) {
            (Some(split), Some(total)) => shares(split, total, rounding_offset).unwrap_or_default(),
            (Some(split), None) => nothing_of(split.members().into_iter()),
            (None, _) => Vec::new(),
        }
    }

    /// Returns the request to the consumer, with the present members.
    pub(crate) fn request(&self, roster: &Roster) -> DraftRequest {
        let present = roster.members.iter().filter(|member| !member.left);
        DraftRequest {
            draft_id: self.id,
            group_id: self.group_id,
            source: self.source.facts(),
            people: present.map(|one| NamedMember { member_id: one.member_id, name: one.name.clone() }).collect(),
            author: self.author_member,
            currency: roster.currency,
            today: self.today(),
        }
    }

    /// Applies a reading, which names people by their index in `people`. The draft becomes READY if nothing is missing
    /// and it would be a valid expense in the present group; otherwise, and if the group no longer exists, FAILED.
    pub(crate) fn read(
        &self,
        read: Read,
        people: &[MemberId],
        roster: Option<&Roster>,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        if self.status != Status::Pending {
            return Err(self.status.refusal());
        }
        let Read { reading, advisor, unread, problems } = read;
        let mut missing: Vec<Problem> = unread.into_iter().chain(reading.questions.iter().map(Problem::of)).collect();
        let mut edit = structure(&reading, people).unwrap_or_else(|| {
            missing.push(Problem::of(&Obstacle::NotOfThisGroup));
            Edit::default()
        });
        if missing.is_empty() && edit.total.is_none() {
            missing.push(Problem::of(&Remark::NoAmount));
        }
        if let Some(roster) = roster.filter(|_| missing.is_empty()) {
            // Defaults replace what was not said, but only if there is no open question.
            edit = self.with_the_usual(edit, roster);
            missing.extend(self.objection(&edit, roster, now));
        }
        if roster.is_none() {
            missing.push(Problem::of(&Obstacle::NoGroup));
        }
        let payment = reading.payment.and_then(|payment| ReadPayment::of(payment, people));
        let status = if missing.is_empty() { Status::Ready } else { Status::Failed };
        let guesses = reading.guesses.iter().map(Problem::of);
        let problems = missing.into_iter().chain(problems).chain(guesses).take(MOST_PROBLEMS);
        let remarks: Vec<Problem> = problems.map(|problem| problem.plain(LONGEST_PROBLEM)).collect();
        Ok(Self {
            status,
            advisor: Some(advisor),
            reading: edit,
            payment,
            problems: remarks.iter().map(|remark| remark.message.clone()).collect(),
            remarks,
            kept_until: kept_from(now),
            ..self.clone()
        })
    }

    /// Returns the draft as FAILED, because reading it has failed too often.
    pub(crate) fn given_up(&self, now: Timestamp) -> Self {
        let given_up = Problem::of(&Obstacle::GivenUp);
        let problems = vec![given_up.message.clone()];
        let (status, kept_until) = (Status::Failed, kept_from(now));
        Self { status, problems, remarks: vec![given_up], kept_until, ..self.clone() }
    }

    /// Returns its problems as data.
    pub(crate) fn remarks(&self) -> Vec<Problem> {
        // Drafts read by a version without them have only the sentences.
        if self.remarks.is_empty() {
            self.problems.iter().cloned().map(Problem::said).collect()
        } else {
            self.remarks.clone()
        }
    }

    /// Returns the expense to confirm: the reading with the author's changes applied.
    pub(crate) fn completed(&self, changes: Edit) -> Result<NewExpense, Refusal> {
        self.must_be_read()?;
        self.reading.clone().then(changes)?.complete(self.group_id)
    }

    /// Returns the draft as confirmed; refused before it is read.
    pub(crate) fn confirmed(&self, expense_id: ExpenseId, now: Timestamp) -> Result<Self, Refusal> {
        self.must_be_read()?;
        let kept_until = kept_from(now);
        Ok(Self { status: Status::Confirmed, expense_id: Some(expense_id), kept_until, ..self.clone() })
    }

    /// Returns the draft as discarded; refused if it is confirmed.
    pub(crate) fn discarded(&self, now: Timestamp) -> Result<Self, Refusal> {
        match self.status {
            Status::Pending | Status::Ready | Status::Failed => {
                Ok(Self { status: Status::Discarded, kept_until: kept_from(now), ..self.clone() })
            }
            Status::Confirmed | Status::Discarded => Err(self.status.refusal()),
        }
    }

    /// The payload of its events.
    pub(crate) fn facts(&self) -> DraftFacts {
        DraftFacts { draft_id: self.id, group_id: self.group_id, ready: self.status == Status::Ready }
    }

    fn must_be_read(&self) -> Result<(), Refusal> {
        match self.status {
            Status::Ready | Status::Failed => Ok(()),
            other => Err(other.refusal()),
        }
    }

    /// Fills in the defaults: the author paid, all present members share equally, today.
    fn with_the_usual(&self, edit: Edit, roster: &Roster) -> Edit {
        let paid_by_author = |minor| vec![MemberAmount { member_id: self.author_member, amount_minor: minor }];
        let present = roster.members.iter().filter(|member| !member.left).map(|member| member.member_id);
        Edit {
            payers: edit.payers.or_else(|| edit.total.map(|total| paid_by_author(total.minor))),
            split: edit.split.or_else(|| Some(Split::Equal(present.collect()))),
            date: edit.date.or_else(|| Some(self.today())),
            ..edit
        }
    }

    /// Returns why this would not be a valid expense, by the same validation.
    fn objection(&self, edit: &Edit, roster: &Roster, now: Timestamp) -> Option<Problem> {
        let expense = edit.clone().complete(self.group_id).and_then(|new| {
            // The rounding offset does not affect validity.
            Expense::new(
                ExpenseId::new(),
                new,
                0,
                &Author { roster, member: self.author_member, now, today: self.today() },
            )
        });
        expense.err().map(|refusal| kit::Refusal::from(refusal).into())
    }
}

impl Source {
    fn facts(&self) -> DraftSource {
        match self {
            Self::Text(text) => DraftSource::TextDigest(digest(text.as_bytes())),
            Self::Photo => DraftSource::Photo,
        }
    }
}

fn kept_from(moment: Timestamp) -> Timestamp {
    moment.plus_ms(KEPT_MS)
}

/// Validates a text to be read.
pub(crate) fn text(written: &str) -> Result<String, Refusal> {
    let missing = Refusal::Missing { field: "text", question: "What did you spend?" };
    note("text", Some(written), LONGEST_TEXT)?.ok_or(missing)
}

/// Converts a reading to an edit by replacing indexes with members; `None` if an index is out of range.
fn structure(reading: &Reading, people: &[MemberId]) -> Option<Edit> {
    let member = |place: &usize| people.get(*place).copied();
    let payer = |(place, minor): &(usize, i64)| Some(MemberAmount { member_id: member(place)?, amount_minor: *minor });
    let payers: Vec<MemberAmount> = reading.payers.iter().map(payer).collect::<Option<_>>()?;
    let split = match &reading.split {
        Some(split) => Some(split.map_members(member).filter(contracts::split::can_be_written)?),
        None => None,
    };
    // Without a total the currency is unknown, so amounts are dropped. A single payer pays the total, whatever it will
    // be.
    let known = reading.total.is_some();
    Some(Edit {
        description: reading.description.clone(),
        total: reading.total,
        date: reading.date,
        category: reading.category.clone(),
        notes: None,
        payers: Some(payers).filter(|payers| payers.len() == 1 || known && !payers.is_empty()),
        split: split.filter(|split| known || !split.has_amounts()),
        ..Edit::default()
    })
}

fn nothing_of(members: impl Iterator<Item = MemberId>) -> Vec<MemberAmount> {
    members.map(|member_id| MemberAmount { member_id, amount_minor: 0 }).collect()
}

#[cfg(test)]
mod tests;

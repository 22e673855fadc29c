//! A draft: a sentence or a photo on its way to becoming an expense. It moves no money. Whatever was read into it, it is
//! checked as an expense is, and becomes one only when its author says so.

pub mod operations;
pub mod photo;
mod reading;
pub mod store;
mod watch;

use chrono::{NaiveDate, Utc};
use contracts::{
    DraftId, ExpenseId, GroupId, MemberId, Timestamp, UserId, amount,
    event::{DraftFacts, DraftRequest, DraftSource, MemberAmount, NamedMember},
    roster::{Membership, Roster},
};
use kit::{digest, text::note};
use money::{Amount, Currency, Split};
use reader::{LONGEST_TEXT, Reading};
use serde::{Deserialize, Serialize};

use crate::{
    advisor::{Advisor, Read},
    expense::{Author, Expense, NewExpense, edit::Edit, shares::shares},
    refusal::Refusal,
};

/// How long a draft is kept after its last step, with what it was made from.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// More sentences than this help nobody.
const MOST_PROBLEMS: usize = 10;
const LONGEST_PROBLEM: usize = 300;

/// Said when what was read cannot be the expense of these people.
const NOT_OF_THIS_GROUP: &str = "What was read does not fit the people of this group. Please say it in other words.";

const NO_GROUP: &str = "There is no such group any more.";

/// A draft as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Which draft.
    #[serde(rename = "_id")]
    pub id: DraftId,
    /// For the ledger of which group.
    pub group_id: GroupId,
    /// Who alone may see it.
    pub author: UserId,
    /// The author within the group: "I" and "me".
    pub author_member: MemberId,
    /// The group's own currency: what amounts are shown in while no total is known.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// What it is made from.
    pub source: Source,
    /// How far it has come.
    pub status: Status,
    /// Who has read it.
    pub advisor: Option<Advisor>,
    /// What was read, as far as it was.
    pub reading: Edit,
    /// What it may be instead of an expense.
    #[serde(default)]
    pub payment: Option<ReadPayment>,
    /// What is missing or was guessed, in plain words.
    pub problems: Vec<String>,
    /// What it has become.
    pub expense_id: Option<ExpenseId>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until when it is there.
    #[serde(rename = "purge_at", with = "kit::mongo::purge_at")]
    pub kept_until: Timestamp,
    /// The day that it was then where its author lives; missing in drafts from before this was kept.
    #[serde(default)]
    today: Option<NaiveDate>,
}

/// What a draft is made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// What a person wrote.
    Text(String),
    /// A photo of a receipt, which is stored beside the draft.
    Photo,
}

/// Money that one member gave to another, as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPayment {
    /// Who gave it.
    pub from: MemberId,
    /// Who got it.
    pub to: MemberId,
    /// In minor units of the currency.
    pub amount_minor: i64,
    /// Of the amount.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
}

impl ReadPayment {
    /// The payment between these people, told apart by their place in the list.
    fn of(read: reader::Payment, people: &[MemberId]) -> Option<Self> {
        let Amount { minor, currency } = read.amount;
        let member = |place: usize| people.get(place).copied();
        Some(Self { from: member(read.from)?, to: member(read.to)?, amount_minor: minor, currency })
    }

    /// How much it was.
    pub(crate) fn amount(&self) -> Amount {
        Amount::new(self.amount_minor, self.currency)
    }
}

/// How far a draft has come: PENDING -> READY | FAILED -> CONFIRMED, and DISCARDED from each but the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not read yet.
    Pending,
    /// Can be confirmed as it is.
    Ready,
    /// Can be confirmed when what is missing is said.
    Failed,
    /// Is an expense.
    Confirmed,
    /// Was dropped.
    Discarded,
}

impl Status {
    /// Why a draft that stands here cannot be moved as it was asked for.
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
    /// A new draft, asked for by a member of the group at a moment of their day.
    pub fn requested(
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
            expense_id: None,
            created_at: now,
            kept_until: kept_from(now),
            today: Some(today),
        }
    }

    /// Whether it is gone for everybody, even before it is removed.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.kept_until <= now
    }

    /// What was written; nothing for a photo.
    pub fn text(&self) -> &str {
        match &self.source {
            Source::Text(text) => text,
            Source::Photo => "",
        }
    }

    /// What "today" means in it, whenever it is read.
    pub fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| self.created_at.date_in(&Utc))
    }

    /// What its amounts are in.
    pub fn currency(&self) -> Currency {
        self.reading.total.map_or(self.currency, |total| total.currency)
    }

    /// Who paid, as far as it was read; nothing yet while no total is known.
    pub fn payers(&self) -> Vec<MemberAmount> {
        let payers = self.reading.payers.clone().unwrap_or_default();
        if self.reading.total.is_some() { payers } else { nothing_of(payers.iter().map(|payer| payer.member_id)) }
    }

    /// Who owes, as far as it was read: nothing yet while no total is known. The offset decides who gets the odd cents.
    pub fn shares(&self, rounding_offset: i64) -> Vec<MemberAmount> {
        match (&self.reading.split, self.reading.total) {
            (Some(split), Some(total)) => shares(split, total, rounding_offset).unwrap_or_default(),
            (Some(split), None) => nothing_of(split.members().into_iter()),
            (None, _) => Vec::new(),
        }
    }

    /// What the consumer is asked, with the roster as it is.
    pub fn request(&self, roster: &Roster) -> DraftRequest {
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

    /// The draft when it was read, by people told apart by their place in a list: ready if nothing is missing and it
    /// would be a valid expense in the group as it is now, if there still is one.
    pub fn read(
        &self,
        read: Read,
        people: &[MemberId],
        roster: Option<&Roster>,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        if self.status != Status::Pending {
            return Err(self.status.refusal());
        }
        let Read { reading, advisor, problems } = read;
        let mut missing = reading.questions.clone();
        let mut edit = structure(&reading, people).unwrap_or_else(|| {
            missing.push(NOT_OF_THIS_GROUP.to_owned());
            Edit::default()
        });
        if missing.is_empty() && edit.total.is_none() {
            missing.push(kit::Refusal::from(Refusal::NO_TOTAL).message);
        }
        if let Some(roster) = roster.filter(|_| missing.is_empty()) {
            // What a person does not say is what is usual; while something is asked, nothing is taken for granted.
            edit = self.with_the_usual(edit, roster);
            missing.extend(self.objection(&edit, roster, now));
        }
        if roster.is_none() {
            missing.push(NO_GROUP.to_owned());
        }
        let payment = reading.payment.and_then(|payment| ReadPayment::of(payment, people));
        let status = if missing.is_empty() { Status::Ready } else { Status::Failed };
        let problems = missing.into_iter().chain(problems).chain(reading.guesses).take(MOST_PROBLEMS);
        Ok(Self {
            status,
            advisor: Some(advisor),
            reading: edit,
            payment,
            problems: problems.map(|problem| plain(&problem)).collect(),
            kept_until: kept_from(now),
            ..self.clone()
        })
    }

    /// The expense that the author confirms, with the author's own changes on top of what was read.
    pub fn completed(&self, changes: Edit) -> Result<NewExpense, Refusal> {
        self.must_be_read()?;
        self.reading.clone().then(changes)?.complete(self.group_id)
    }

    /// The draft when it has become an expense.
    pub fn confirmed(&self, expense_id: ExpenseId, now: Timestamp) -> Result<Self, Refusal> {
        self.must_be_read()?;
        let kept_until = kept_from(now);
        Ok(Self { status: Status::Confirmed, expense_id: Some(expense_id), kept_until, ..self.clone() })
    }

    /// The draft when it is dropped.
    pub fn discarded(&self, now: Timestamp) -> Result<Self, Refusal> {
        match self.status {
            Status::Pending | Status::Ready | Status::Failed => {
                Ok(Self { status: Status::Discarded, kept_until: kept_from(now), ..self.clone() })
            }
            Status::Confirmed | Status::Discarded => Err(self.status.refusal()),
        }
    }

    /// What others are told about it.
    pub fn facts(&self) -> DraftFacts {
        DraftFacts { draft_id: self.id, group_id: self.group_id, ready: self.status == Status::Ready }
    }

    fn must_be_read(&self) -> Result<(), Refusal> {
        match self.status {
            Status::Ready | Status::Failed => Ok(()),
            other => Err(other.refusal()),
        }
    }

    /// The author paid, everyone present shares equally, today.
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

    /// Why this would not be a valid expense, by the very checks of one.
    fn objection(&self, edit: &Edit, roster: &Roster, now: Timestamp) -> Option<String> {
        let expense = edit.clone().complete(self.group_id).and_then(|new| {
            // Who gets the odd cents decides nothing here.
            Expense::new(
                ExpenseId::new(),
                new,
                0,
                &Author { roster, member: self.author_member, now, today: self.today() },
            )
        });
        expense.err().map(|refusal| kit::Refusal::from(refusal).message)
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

/// A text that can be read.
pub fn text(written: &str) -> Result<String, Refusal> {
    let missing = Refusal::Missing { field: "text", question: "What did you spend?" };
    note("text", Some(written), LONGEST_TEXT)?.ok_or(missing)
}

/// What was read, with members in the place of places; `None` when it names somebody who is not in the list.
fn structure(reading: &Reading, people: &[MemberId]) -> Option<Edit> {
    let member = |place: &usize| people.get(*place).copied();
    let payer = |(place, minor): &(usize, i64)| Some(MemberAmount { member_id: member(place)?, amount_minor: *minor });
    let payers: Vec<MemberAmount> = reading.payers.iter().map(payer).collect::<Option<_>>()?;
    let split = match &reading.split {
        Some(split) => Some(split.map_members(member).filter(contracts::split::can_be_written)?),
        None => None,
    };
    // Without a total it is not known of which currency amounts are. A single payer pays whatever it will be.
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

/// A sentence that is safe to keep, whoever wrote it.
fn plain(sentence: &str) -> String {
    sentence.chars().filter(|letter| !letter.is_control()).take(LONGEST_PROBLEM).collect()
}

#[cfg(test)]
mod tests;

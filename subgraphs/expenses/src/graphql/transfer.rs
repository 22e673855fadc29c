//! Importing and exporting ledgers, in the public schema.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject, Subscription};
use base64::{Engine, prelude::BASE64_STANDARD};
use contracts::roster::group_not_found;
use futures::{StreamExt, stream::BoxStream};
use kit::{
    Failure, Outcome,
    graphql::{CurrencyCode, Date, Money, read_id},
};
use money::{Amount, Currency};

use super::{expense::days, group::Group, request};
use crate::{
    refusal::Refusal,
    transfer::{
        self, Format, Kind, LedgerFile, Problem,
        operations::{Exported, ImportRequest, Imported},
        watch::{Progress, State},
    },
};

#[derive(Default)]
pub struct TransferQueries;

#[Object]
impl TransferQueries {
    /// What a group holds, as a file: the expenses that are not deleted and the payments that count. Only for its members;
    /// at most 10,000 entries, of these days where some are named.
    async fn export_group(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        format: ExportFormat,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Export, Failure> {
        let (services, caller) = request(ctx)?;
        let group = read_id(&group_id, group_not_found())?;
        Ok(services.transfers.export(caller, group, days(from, to, "")?, format.into()).await?.into())
    }
}

/// How a group is written to a file.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "transfer::ExportFormat")]
pub(super) enum ExportFormat {
    /// A table for spreadsheets: a row for each expense and payment, with what it adds to each balance.
    Csv,
    /// Everything, for importLedger: balances are equal then.
    Json,
}

/// A file to be saved.
#[derive(SimpleObject)]
pub(super) struct Export {
    filename: String,
    media_type: String,
    content: String,
}

impl From<Exported> for Export {
    fn from(Exported { filename, media_type, content }: Exported) -> Self {
        Self { filename, media_type: media_type.to_owned(), content }
    }
}

#[derive(Default)]
pub struct TransferMutations;

#[Object]
impl TransferMutations {
    /// Takes the ledger of a file over into a new group, once for each idempotency key; a dry run only says what would be
    /// taken over. An import that was interrupted goes on when it is sent again. When a part of it is refused, what was
    /// made is taken back, and the import is refused; importMoved tells how far it has come.
    async fn import_ledger(&self, ctx: &Context<'_>, input: ImportInput) -> Result<ImportPayload, Failure> {
        let (services, caller) = request(ctx)?;
        Ok(services.transfers.import(caller, input.read()?).await?.into())
    }
}

#[derive(Default)]
pub struct TransferSubscriptions;

#[Subscription]
impl TransferSubscriptions {
    /// How far the caller's import with this idempotency key has come: at once, or when it begins within a minute, and
    /// again when it has moved, until it is COMPLETE or UNDONE.
    async fn import_moved(
        &self,
        ctx: &Context<'_>,
        idempotency_key: String,
    ) -> async_graphql::Result<BoxStream<'static, async_graphql::Result<ImportProgress>>> {
        let (services, caller) = request(ctx)?;
        let progress = services.transfers.watch(caller, idempotency_key)?;
        Ok(progress.map(|progress| Ok(progress?.into())).boxed())
    }
}

/// Where an import stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum ImportStatus {
    /// It goes on, or can go on when it is sent again.
    Running,
    /// All is taken over.
    Complete,
    /// A part was refused, and what was made is being taken back.
    Undoing,
    /// Nothing of it is left.
    Undone,
}

/// How far an import has come.
#[derive(SimpleObject)]
pub(super) struct ImportProgress {
    status: ImportStatus,
    /// How many expenses and payments there are.
    total: i32,
    /// How many of them are taken over.
    entered: i32,
    /// The new group, once there is one, unless the import is UNDONE.
    group: Option<Group>,
    /// Why it is UNDONE, in plain words.
    problem: Option<String>,
}

impl From<Progress> for ImportProgress {
    fn from(Progress { state, total, entered, group }: Progress) -> Self {
        let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        let (status, problem) = match state {
            State::Running => (ImportStatus::Running, None),
            State::Complete => (ImportStatus::Complete, None),
            State::Undoing => (ImportStatus::Undoing, None),
            State::Undone(why) => (ImportStatus::Undone, Some(why)),
        };
        Self { status, total: number(total), entered: number(entered), group: group.map(Group), problem }
    }
}

/// What a file was written by.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Format")]
pub(super) enum ImportFormat {
    /// Quits itself.
    QuitsJson,
    /// Splitwise, in any of its languages.
    SplitwiseCsv,
    /// Spliit, all there is.
    SpliitJson,
    /// Spliit, as a table.
    SpliitCsv,
    /// Tricount.
    TricountJson,
    /// I Hate Money.
    IhatemoneyJson,
    /// I Hate Money, as a table.
    IhatemoneyCsv,
    /// Nextcloud Cospend.
    CospendCsv,
    /// The statement of a bank: what left the account are expenses of the caller.
    BankCsv,
}

/// A file: as text, or as bytes in base64 when its charset is unknown; exactly one of the two.
#[derive(InputObject)]
pub(super) struct ImportInput {
    format: ImportFormat,
    content: Option<String>,
    content_base64: Option<String>,
    /// What the new group is called; as the file says when not given.
    group_name: Option<String>,
    /// Of amounts that name no currency.
    #[graphql(default_with = "euro()")]
    currency: Option<CurrencyCode>,
    #[graphql(default_with = "Some(false)")]
    dry_run: Option<bool>,
    idempotency_key: String,
}

#[allow(clippy::unnecessary_wraps, reason = "the default of an optional input field is an Option")]
fn euro() -> Option<CurrencyCode> {
    Some(CurrencyCode("EUR".to_owned()))
}

impl ImportInput {
    fn read(self) -> Outcome<ImportRequest> {
        let bytes = match (self.content, self.content_base64) {
            (Some(text), None) => text.into_bytes(),
            (None, Some(base64)) => {
                let invalid = || kit::Refusal::invalid("input.contentBase64", "This is not base64.");
                BASE64_STANDARD.decode(base64).map_err(|_| invalid())?
            }
            _ => {
                return Err(Refusal::Unreadable("Either the text or the bytes of a file are needed.".to_owned()).into());
            }
        };
        let currency = match self.currency {
            Some(code) => code.currency("input.currency")?,
            None => Currency::from_code("EUR").map_err(Failure::internal)?,
        };
        Ok(ImportRequest {
            format: self.format.into(),
            bytes,
            currency,
            group_name: self.group_name,
            dry_run: self.dry_run.unwrap_or(false),
            idempotency_key: self.idempotency_key,
        })
    }
}

/// What is taken over, or would be.
#[derive(SimpleObject)]
pub(super) struct ImportPayload {
    /// The new group; none for a dry run, or when there is nothing to take over.
    group: Option<Group>,
    expenses: i32,
    payments: i32,
    /// Everybody who is named.
    people: Vec<String>,
    /// The balances that come of it, beside those that the file states.
    computed: Vec<ImportBalance>,
    /// What cannot be taken over, or should be looked at.
    problems: Vec<ImportProblem>,
}

/// What one person is owed (positive) or owes.
#[derive(SimpleObject)]
pub(super) struct ImportBalance {
    name: String,
    computed: Money,
    /// What the file says, where it says something.
    expected: Option<Money>,
}

/// Something about a line of the file.
#[derive(SimpleObject)]
pub(super) struct ImportProblem {
    /// Counted from 1; 0 for the whole file.
    line: i32,
    message: String,
}

impl From<Imported> for ImportPayload {
    fn from(Imported { group, file }: Imported) -> Self {
        let count = |kind: Kind| {
            let found = file.entries.iter().filter(|entry| entry.kind == kind).count();
            i32::try_from(found).unwrap_or(i32::MAX)
        };
        Self {
            group: group.map(Group),
            expenses: count(Kind::Expense),
            payments: count(Kind::Payment),
            computed: balances(&file),
            people: file.people,
            problems: file.problems.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Problem> for ImportProblem {
    fn from(Problem { line, message }: Problem) -> Self {
        Self { line: i32::try_from(line).unwrap_or(i32::MAX), message }
    }
}

fn balances(file: &LedgerFile) -> Vec<ImportBalance> {
    let mut computed = file.balances();
    for (person, amount) in &file.expected {
        computed.entry((*person, amount.currency)).or_insert(0);
    }
    let balance = |((person, currency), minor): ((usize, Currency), i64)| {
        let expected = file.expected.iter().find(|(other, amount)| *other == person && amount.currency == currency);
        ImportBalance {
            name: file.people.get(person).cloned().unwrap_or_default(),
            computed: Amount::new(minor, currency).into(),
            expected: expected.map(|(_, amount)| (*amount).into()),
        }
    };
    computed.into_iter().map(balance).collect()
}

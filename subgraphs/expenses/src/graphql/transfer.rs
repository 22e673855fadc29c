//! GraphQL types of the import and export of groups.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject, Subscription};
use base64::{Engine, prelude::BASE64_STANDARD};
use contracts::roster::group_not_found;
use futures::{StreamExt, stream::BoxStream};
use kit::{
    Failure, Outcome,
    graphql::{CurrencyCode, Date, Money, read_id, request},
};
use money::{Amount, Currency};

use super::{
    expense::days,
    problem::{Fact, Problem, facts},
    reference::Group,
};
use crate::{
    services::Services,
    transfer::{
        self, Fault, Format, Kind, LedgerEntry, LedgerFile, LineProblem,
        operations::{Exported, Imported},
        request::ImportRequest,
        watch::{Progress, State},
    },
};

#[derive(Default)]
pub(super) struct TransferQueries;

#[Object]
impl TransferQueries {
    /// Exports a group to a file: the expenses that are not deleted and the payments that count. Only for members. At
    /// most 10,000 entries, within the given days if any.
    async fn export_group(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        format: ExportFormat,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Outcome<Export> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, group_not_found())?;
        Ok(services.transfers.export(caller, group, days(from, to, "")?, format.into()).await?.into())
    }
}

/// The format of an export file.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "transfer::ExportFormat")]
pub(super) enum ExportFormat {
    /// A table for spreadsheets: a row for each expense and payment, with what it adds to each balance.
    Csv,
    /// The complete ledger: importLedger gives the same balances.
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
pub(super) struct TransferMutations;

#[Object]
impl TransferMutations {
    /// Imports a file into a new group, once per idempotency key; a dry run only reports what would be imported. An
    /// interrupted import continues when it is sent again. If a part of it is refused, everything imported so far is
    /// undone, and the import is refused. importMoved emits the progress.
    async fn import_ledger(&self, ctx: &Context<'_>, input: ImportInput) -> Outcome<ImportPayload> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        Ok(services.transfers.import(caller, input.read()?).await?.into())
    }
}

#[derive(Default)]
pub(super) struct TransferSubscriptions;

#[Subscription]
impl TransferSubscriptions {
    /// Emits the progress of the caller's import with this idempotency key: at once, or when it begins within a minute,
    /// and again after each change, until it is COMPLETE or UNDONE.
    async fn import_moved(
        &self,
        ctx: &Context<'_>,
        idempotency_key: String,
    ) -> async_graphql::Result<BoxStream<'static, async_graphql::Result<ImportProgress>>> {
        let (services, caller) = request::<Services>(ctx)?;
        let progress = services.transfers.watch(caller, idempotency_key)?;
        Ok(progress.map(|progress| Ok(progress?.into())).boxed())
    }
}

/// The state of an import.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum ImportStatus {
    /// It is running, or interrupted and can be continued by sending it again.
    Running,
    /// Everything has been imported.
    Complete,
    /// A part was refused, and the import is being undone.
    Undoing,
    /// The import has been undone.
    Undone,
}

/// The progress of an import.
#[derive(SimpleObject)]
pub(super) struct ImportProgress {
    status: ImportStatus,
    /// The number of expenses and payments.
    total: i32,
    /// How many of them have been imported.
    entered: i32,
    /// The new group, once it exists; null if the import is UNDONE.
    group: Option<Group>,
    /// Why the import is UNDONE.
    problem: Option<Problem>,
}

impl From<Progress> for ImportProgress {
    fn from(Progress { state, total, entered, group }: Progress) -> Self {
        let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        let (status, problem) = match state {
            State::Running => (ImportStatus::Running, None),
            State::Complete => (ImportStatus::Complete, None),
            State::Undoing => (ImportStatus::Undoing, None),
            State::Undone(why) => (ImportStatus::Undone, Some(why.into())),
        };
        Self { status, total: number(total), entered: number(entered), group: group.map(Into::into), problem }
    }
}

/// The format of an import file.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Format")]
pub(super) enum ImportFormat {
    /// Quits itself.
    QuitsJson,
    /// Splitwise, in any of its languages.
    SplitwiseCsv,
    /// Spliit's JSON, which is complete.
    SpliitJson,
    /// Spliit's table.
    SpliitCsv,
    /// Tricount.
    TricountJson,
    /// I Hate Money's JSON.
    IhatemoneyJson,
    /// I Hate Money's table.
    IhatemoneyCsv,
    /// Nextcloud Cospend.
    CospendCsv,
    /// A bank statement: money that left the account is an expense of the caller.
    BankCsv,
}

/// A file: either as text, or as base64 of its bytes if the encoding is unknown.
#[derive(InputObject)]
pub(super) struct ImportInput {
    format: ImportFormat,
    content: Option<String>,
    content_base64: Option<String>,
    /// The name of the new group; by default the name in the file.
    group_name: Option<String>,
    /// The currency of amounts without one.
    #[graphql(default_with = "euro()")]
    currency: Option<CurrencyCode>,
    /// The name of the caller in the file; by default the caller is somebody with the same name as in Quits.
    me: Option<String>,
    /// The lines of the expenses and payments to import, as a dry run lists them; by default all.
    lines: Option<Vec<i32>>,
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
                return Err(Fault::NoFile.refused().into());
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
            me: self.me,
            // A negative line is no line of the file.
            lines: self.lines.map(|lines| lines.into_iter().map(|line| usize::try_from(line).unwrap_or(0)).collect()),
            dry_run: self.dry_run.unwrap_or(false),
            idempotency_key: self.idempotency_key,
        })
    }
}

/// The result of an import or of a dry run.
#[derive(SimpleObject)]
pub(super) struct ImportPayload {
    /// The new group; null for a dry run, or if there is nothing to import.
    group: Option<Group>,
    expenses: i32,
    payments: i32,
    /// What is imported, in the order of the file.
    entries: Vec<ImportEntry>,
    /// The names of all people.
    people: Vec<String>,
    /// The balances of the imported entries, beside those that the file states.
    computed: Vec<ImportBalance>,
    /// Problems of the file to show to the person.
    problems: Vec<ImportProblem>,
}

/// An expense or payment of the file.
#[derive(SimpleObject)]
pub(super) struct ImportEntry {
    /// Counted from 1.
    line: i32,
    is_payment: bool,
    description: String,
    date: Date,
    total: Money,
}

impl From<&LedgerEntry> for ImportEntry {
    fn from(entry: &LedgerEntry) -> Self {
        Self {
            line: i32::try_from(entry.line).unwrap_or(i32::MAX),
            is_payment: entry.kind == Kind::Payment,
            description: entry.description.clone(),
            date: entry.date.into(),
            total: entry.total.into(),
        }
    }
}

/// The balance of one person; positive if the person is owed.
#[derive(SimpleObject)]
pub(super) struct ImportBalance {
    name: String,
    computed: Money,
    /// The balance that the file states, if any.
    expected: Option<Money>,
}

/// A problem in a line of the file.
#[derive(SimpleObject)]
pub(super) struct ImportProblem {
    /// Counted from 1; 0 for the whole file.
    line: i32,
    /// Such as `NOT_A_DATE`, or the code of a refusal.
    code: String,
    /// What the message contains.
    facts: Vec<Fact>,
    /// In English.
    message: String,
}

impl From<Imported> for ImportPayload {
    fn from(Imported { group, file }: Imported) -> Self {
        let count = |kind: Kind| {
            let found = file.entries.iter().filter(|entry| entry.kind == kind).count();
            i32::try_from(found).unwrap_or(i32::MAX)
        };
        Self {
            group: group.map(Into::into),
            expenses: count(Kind::Expense),
            payments: count(Kind::Payment),
            entries: file.entries.iter().map(Into::into).collect(),
            computed: balances(&file),
            people: file.people,
            problems: file.problems.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<LineProblem> for ImportProblem {
    fn from(LineProblem { line, problem }: LineProblem) -> Self {
        let line = i32::try_from(line).unwrap_or(i32::MAX);
        Self { line, code: problem.code, facts: facts(problem.facts), message: problem.message }
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

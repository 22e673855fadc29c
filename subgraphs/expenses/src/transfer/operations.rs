//! Use cases of files: import and export. An import is read and checked as a whole; then a group is created and filled
//! in idempotent steps. An interrupted import continues when it is sent again with the same key, or by itself: see
//! `resume`. If a step is refused, the import is undone: see `undo`.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use contracts::{
    Event, ExpenseId, GroupId, MemberId,
    ask::Asker,
    event::ImportFacts,
    payments::{GroupPayments, PaymentsQuestion},
    roster::{Membership, Roster, group_not_found},
    taking_over::{GroupMaker, PaymentRecorder, PaymentToRecord},
};
use futures::TryStreamExt;
use kit::{
    Caller, Clock, Code, Failure, Outcome,
    journal::{Change, IdempotencyKey},
    text::folded,
};
use money::Currency;

use super::{
    ExportFormat, Fault, Kind, LedgerEntry, LedgerFile,
    check::{MOST_ENTRIES, check, new_expense},
    different_name,
    export::{GroupLedgerFile, filename},
    read,
    request::ImportRequest,
    store::{Import, ImportStore},
    write,
};
use crate::{
    expense::{filter::DayRange, operations::Expenses},
    refusal::Refusal,
};

/// The name of an imported group if the file has none.
const NAMELESS: &str = "Imported group";

/// The page size of requests for payments.
pub(super) const PAYMENTS_AT_A_TIME: usize = 500;

/// Progress is saved after this many entries.
const SAVE_EVERY: usize = 20;

/// The service for imports and exports.
pub(crate) struct Transfers {
    pub(crate) store: ImportStore,
    pub(crate) expenses: Arc<Expenses>,
    pub(crate) clock: Clock,
    pub(crate) groups: Arc<dyn GroupMaker>,
    pub(crate) payments: Arc<dyn PaymentRecorder>,
    pub(crate) recorded: Arc<dyn GroupPayments>,
}

/// A file with the content of a group.
pub(crate) struct Exported {
    pub(crate) filename: String,
    pub(crate) media_type: &'static str,
    pub(crate) content: String,
}

/// The result of an import.
pub(crate) struct Imported {
    /// The new group; `None` for a dry run.
    pub(crate) group: Option<GroupId>,
    pub(crate) file: LedgerFile,
}

impl Transfers {
    /// Imports a file into a new group of the caller, or only reports what would be imported.
    pub(crate) async fn import(self: &Arc<Self>, caller: &Caller, request: ImportRequest) -> Outcome<Imported> {
        let user = caller.user()?;
        let file = self.read(caller, &request)?;
        if request.dry_run || file.entries.is_empty() {
            return Ok(Imported { group: None, file });
        }
        // Refuses an invalid idempotency key.
        IdempotencyKey::new(user, "importLedger", &request.idempotency_key, &(), user.0)?;
        let total = u32::try_from(file.entries.len()).map_err(Failure::internal)?;
        let owner = (user, caller.time_zone());
        let import = self.store.begin(owner, &request, total, self.clock.now()).await?;
        let (transfers, caller) = (Arc::clone(self), caller.clone());
        // A separate task, so that the import continues if the client disconnects.
        tokio::spawn(async move { transfers.fill_or_undo(&caller, import, &request, file).await })
            .await
            .map_err(Failure::internal)?
    }

    /// Parses a file, and removes what could not be saved.
    pub(super) fn read(&self, caller: &Caller, request: &ImportRequest) -> Outcome<LedgerFile> {
        let now = self.clock.now();
        let mut file = read(request.format, &request.bytes, request.currency).map_err(Fault::refused)?;
        if let Some(me) = &request.me {
            file.importer = Some(place_of(me, &file)?);
        }
        check(&mut file, request.currency, (now, caller.today(now)))?;
        if let Some(lines) = &request.lines {
            choose(lines, &mut file)?;
        }
        file.conclude();
        Ok(file)
    }

    /// Exports the entries of a group within a range of days.
    pub(crate) async fn export(
        &self,
        caller: &Caller,
        group: GroupId,
        days: DayRange,
        format: ExportFormat,
    ) -> Outcome<Exported> {
        let (user, asker) = (caller.user()?, caller.asker()?);
        let mut rosters = self.expenses.rosters.rosters(&asker, &[group]).await?;
        let roster = rosters.remove(&group).filter(|roster| roster.active_member_of(user).is_some());
        let roster = roster.ok_or_else(group_not_found)?;
        let mut ledger = GroupLedgerFile::new(&roster);
        let mut expenses = self.expenses.store.oldest_first(group, days, MOST_ENTRIES + 1).await?;
        while let Some(expense) = expenses.try_next().await? {
            ledger.add_expense(&expense);
        }
        self.add_payments(&asker, &mut ledger, group, days).await?;
        if ledger.entries() > MOST_ENTRIES {
            return Err(Refusal::ExportTooLarge { most: MOST_ENTRIES }.into());
        }
        let content = write(format, &ledger.finished()).map_err(Failure::internal)?;
        let filename = filename(&roster.name, caller.today(self.clock.now()), format.extension());
        Ok(Exported { filename, media_type: format.media_type(), content })
    }

    async fn add_payments(
        &self,
        asker: &Asker,
        ledger: &mut GroupLedgerFile<'_>,
        group: GroupId,
        days: DayRange,
    ) -> Outcome<()> {
        let mut question = PaymentsQuestion { group, first: PAYMENTS_AT_A_TIME, after: None };
        loop {
            let found = self.recorded.payments(asker, &question).await?;
            for payment in found.iter().filter(|payment| days.contains(payment.place.date)) {
                ledger.add_payment(payment);
            }
            question.after = found.last().map(|payment| payment.place);
            if found.len() < question.first || ledger.entries() > MOST_ENTRIES {
                return Ok(());
            }
        }
    }

    /// Takes the remaining steps of an import, or undoes it if a step is refused.
    pub(super) async fn fill_or_undo(
        &self,
        caller: &Caller,
        mut import: Import,
        request: &ImportRequest,
        file: LedgerFile,
    ) -> Outcome<Imported> {
        if import.refusal.is_none() {
            match self.fill(caller, &mut import, request, &file).await {
                Err(Failure::Refused(refusal)) if is_for_good(&refusal) => import.refusal = Some(*refusal),
                filled => return filled.map(|()| Imported { group: import.group_id, file }),
            }
        }
        self.undo(caller, &mut import).await?;
        Err(import.refusal.map_or_else(|| Failure::internal("an import was undone without a refusal"), Into::into))
    }

    async fn fill(
        &self,
        caller: &Caller,
        import: &mut Import,
        request: &ImportRequest,
        file: &LedgerFile,
    ) -> Outcome<()> {
        if import.done {
            return Ok(());
        }
        let asker = caller.asker()?;
        let group = match import.group_id {
            Some(group) => group,
            None => self.make_group(&asker, import, request, file).await?,
        };
        let membership = self.expenses.membership(caller, group).await?;
        self.add_people(&asker, &membership, import, file).await?;
        // Asked again, because now it includes the guests.
        let membership = self.expenses.membership(caller, group).await?;
        for (place, entry) in file.entries.iter().enumerate() {
            let key = format!("{}/{place}", request.idempotency_key);
            match entry.kind {
                Kind::Expense => self.add_expense(caller, &membership, entry, &import.members, &key).await?,
                Kind::Payment => {
                    let payment = payment(entry, group, &import.members, key);
                    self.payments.record(&asker, &payment.ok_or_else(unknown_person)?).await?;
                }
            }
            import.entered = u32::try_from(place + 1).map_err(Failure::internal)?;
            if place % SAVE_EVERY == SAVE_EVERY - 1 {
                self.store.save(import, self.clock.now()).await?;
            }
        }
        self.finished(caller, &membership, import, &request.idempotency_key).await?;
        import.done = true;
        self.store.save(import, self.clock.now()).await
    }

    /// Tells that everything is entered, once per import.
    async fn finished(&self, caller: &Caller, membership: &Membership, import: &Import, key: &str) -> Outcome<()> {
        let group_id = membership.roster.group_id;
        let facts = ImportFacts { group_id, by: membership.member.member_id, entries: import.entered };
        let key = IdempotencyKey::new(caller.user()?, "importLedger", &format!("{key}/end"), &(), group_id.0)?;
        let change = Change::new(group_id.0, Event::ImportFinished(facts)).by(caller).once(key);
        self.expenses.journal.commit(change).await.map(drop)
    }

    async fn make_group(
        &self,
        asker: &Asker,
        import: &mut Import,
        request: &ImportRequest,
        file: &LedgerFile,
    ) -> Outcome<GroupId> {
        let name = request.group_name.as_deref().or(file.name.as_deref()).unwrap_or(NAMELESS);
        let currency = file.currency.unwrap_or_else(|| usual_currency(file, request.currency));
        let made = self.groups.create_group(asker, name, currency, &request.idempotency_key).await;
        let made = made.map_err(Failure::from);
        // After any other failure the group may have been made: the import continues later.
        if matches!(&made, Err(Failure::Refused(refusal)) if is_for_good(refusal)) {
            self.store.forget(import).await?;
        }
        let group = made?;
        import.group_id = Some(group);
        self.store.save(import, self.clock.now()).await?;
        Ok(group)
    }

    /// Adds a guest for each person of the file who is not in the group yet. A person with the caller's name, or the
    /// importer of a personal file, is the caller.
    async fn add_people(
        &self,
        asker: &Asker,
        membership: &Membership,
        import: &mut Import,
        file: &LedgerFile,
    ) -> Outcome<()> {
        let own = &membership.member;
        let is_own = |member: MemberId| member == own.member_id;
        for (place, name) in file.people.iter().enumerate().skip(import.members.len()) {
            let is_free =
                |member: &MemberId| !import.members.contains(member) && (file.importer.is_none() || !is_own(*member));
            let member = if file.importer == Some(place) {
                own.member_id
            } else if let Some(known) = named(&membership.roster, name).filter(is_free) {
                known
            } else {
                // Another person in the file may have the same name as the importing person has in Quits.
                let is_taken = |name: &str| {
                    folded(name) == folded(&own.name) || (name != file.people[place] && file.is_named(name))
                };
                self.groups.add_guest(asker, membership.roster.group_id, &different_name(name, is_taken)).await?
            };
            import.members.push(member);
            self.store.save(import, self.clock.now()).await?;
        }
        Ok(())
    }

    async fn add_expense(
        &self,
        caller: &Caller,
        membership: &Membership,
        entry: &LedgerEntry,
        members: &[MemberId],
        key: &str,
    ) -> Outcome<()> {
        let id = ExpenseId::new();
        let new = new_expense(entry, &membership.roster, members);
        let key = IdempotencyKey::new(caller.user()?, "importLedger", key, &(), id.0)?;
        let expense = self.expenses.prepared(caller, id, new, membership).await?;
        self.expenses.add(caller, expense, key, Vec::new()).await.map(drop)
    }
}

/// Returns the place of a person of the file.
fn place_of(name: &str, file: &LedgerFile) -> Outcome<usize> {
    let unknown = || kit::Refusal::invalid("input.me", "Nobody in this file has that name.");
    Ok(file.people.iter().position(|person| folded(person) == folded(name)).ok_or_else(unknown)?)
}

/// Keeps only the entries of these lines. The balances that the file states are those of all its lines.
fn choose(lines: &[usize], file: &mut LedgerFile) -> Outcome<()> {
    let lines: HashSet<usize> = lines.iter().copied().collect();
    let found = file.entries.iter().filter(|entry| lines.contains(&entry.line)).count();
    if found != lines.len() {
        return Err(kit::Refusal::invalid("input.lines", "There is no entry in one of these lines.").into());
    }
    if found < file.entries.len() {
        file.expected.clear();
    }
    file.entries.retain(|entry| lines.contains(&entry.line));
    Ok(())
}

/// Whether a retry of the step would be refused again.
fn is_for_good(refusal: &kit::Refusal) -> bool {
    !matches!(refusal.code, Code::Overloaded | Code::RateLimited | Code::Unauthenticated)
}

fn payment(
    entry: &LedgerEntry,
    group_id: GroupId,
    members: &[MemberId],
    idempotency_key: String,
) -> Option<PaymentToRecord> {
    let member = |rows: &[(usize, i64)]| members.get(rows.first()?.0).copied();
    Some(PaymentToRecord {
        group_id,
        from: member(&entry.payers)?,
        to: member(&entry.shares)?,
        amount: entry.total,
        date: entry.date,
        note: entry.notes.clone().or_else(|| Some(entry.description.clone()).filter(|text| !text.trim().is_empty())),
        idempotency_key,
    })
}

fn unknown_person() -> Failure {
    Failure::internal("a payment of an import names an unknown person")
}

/// Returns the present member with this name, ignoring case and accents.
fn named(roster: &Roster, name: &str) -> Option<MemberId> {
    let name = folded(name);
    let mut present = roster.members.iter().filter(|member| !member.left);
    present.find(|member| folded(&member.name) == name).map(|member| member.member_id)
}

/// Returns the most frequent currency of the entries.
fn usual_currency(file: &LedgerFile, otherwise: Currency) -> Currency {
    let mut counts = BTreeMap::new();
    for entry in &file.entries {
        *counts.entry(entry.total.currency).or_insert(0_usize) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(otherwise, |(currency, _)| currency)
}

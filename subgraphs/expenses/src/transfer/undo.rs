//! Undoes an import after a step was refused: voids its payments, deletes its expenses and archives its group. Each
//! step is idempotent, so that an interrupted undo can be continued.

use contracts::{GroupId, ask::Asker, payments::PaymentsQuestion};
use futures::TryStreamExt;
use kit::{Caller, Outcome};

use super::{
    check::MOST_ENTRIES,
    operations::{PAYMENTS_AT_A_TIME, Transfers},
    store::Import,
};
use crate::expense::{Expense, filter::DayRange, operations::ExpectedVersion};

impl Transfers {
    /// Undoes everything that an import has created.
    pub(super) async fn undo(&self, caller: &Caller, import: &mut Import) -> Outcome<()> {
        if import.undone {
            return Ok(());
        }
        // Saved first: from now on the import is only undone, even if this is interrupted.
        self.store.save(import, self.clock.now()).await?;
        if let Some(group) = import.group_id {
            let asker = caller.asker()?;
            let rosters = self.expenses.rosters.rosters(&asker, &[group]).await?;
            // Archiving is the last step, so an archived group needs nothing more.
            if rosters.get(&group).is_some_and(|roster| !roster.archived) {
                self.void_payments(&asker, group).await?;
                self.delete_expenses(caller, group).await?;
                self.groups.archive_group(&asker, group).await?;
            }
        }
        import.undone = true;
        self.store.save(import, self.clock.now()).await
    }

    async fn void_payments(&self, asker: &Asker, group: GroupId) -> Outcome<()> {
        loop {
            let first = PaymentsQuestion { group, first: PAYMENTS_AT_A_TIME, after: None };
            let found = self.recorded.payments(asker, &first).await?;
            if found.is_empty() {
                return Ok(());
            }
            for payment in found {
                self.payments.void(asker, payment.place.payment_id).await?;
            }
        }
    }

    async fn delete_expenses(&self, caller: &Caller, group: GroupId) -> Outcome<()> {
        let found = self.expenses.store.oldest_first(group, DayRange::default(), MOST_ENTRIES).await?;
        let found: Vec<Expense> = found.try_collect().await?;
        for expense in found {
            let present = ExpectedVersion { id: expense.id, version: expense.version };
            self.expenses.delete(caller, present).await?;
        }
        Ok(())
    }
}

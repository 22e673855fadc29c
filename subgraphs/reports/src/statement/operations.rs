//! Making statements.

use std::sync::Arc;

use contracts::MemberId;
use kit::{Failure, Outcome, mail::Language};
use tokio::task::spawn_blocking;

use super::{Statement, layout::pages, paper::Paper};
use crate::{
    directory::{Directory, Membership},
    refusal::Refusal,
    spending::{Month, Spending},
};

/// A statement lists so many expenses at most: about fifty pages.
const MOST_EXPENSES: i64 = 2_000;

/// The service for statements.
pub(crate) struct Statements {
    spending: Arc<Spending>,
    directory: Arc<Directory>,
}

impl Statements {
    pub(crate) fn new(spending: Arc<Spending>, directory: Arc<Directory>) -> Self {
        Self { spending, directory }
    }

    /// Returns the statement of a group for a month as a PDF; refuses a month with too many expenses.
    pub(crate) async fn of_group(&self, membership: Membership, month: Month, language: Language) -> Outcome<Vec<u8>> {
        let group = membership.group();
        let expenses = self.spending.expenses_in(membership, month, MOST_EXPENSES + 1).await?;
        if i64::try_from(expenses.len()).is_ok_and(|count| count > MOST_EXPENSES) {
            return Err(Refusal::StatementTooLong { most: MOST_EXPENSES }.into());
        }
        let names = self.directory.names(&[group], &[]).await?;
        let mut members: Vec<(MemberId, String)> = Vec::new();
        for member in self.directory.members_in(group).await? {
            members.push((member.member_id, member.name));
        }
        // An expense may be known before the event that tells of its members.
        for part in expenses.iter().flat_map(|expense| expense.payers.iter().chain(&expense.shares)) {
            if !members.iter().any(|(id, _)| *id == part.member_id) {
                members.push((part.member_id, names.member(group, part.member_id).to_owned()));
            }
        }
        let statement = Statement::of(names.group(group), month, &expenses, &members)?;
        let drawing = move || {
            let paper = Paper::new()?;
            paper.print(&statement.group, language, &pages(&statement, language, &paper))
        };
        spawn_blocking(drawing).await.map_err(Failure::internal)?
    }
}

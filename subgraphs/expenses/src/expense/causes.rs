//! Finds the expenses that contribute to a balance, or to what one member owes another.

use contracts::{
    MemberId,
    causes::{CausePlace, CauseRow, CausesQuestion},
    event::MemberAmount,
};
use kit::{Caller, Failure, Outcome};
use money::{Amount, ledger::Entry};

use super::{Expense, operations::Expenses};

impl Expenses {
    /// Returns contributing expenses, the newest first; empty if the caller may not see the group.
    pub(crate) async fn causes(&self, caller: &Caller, mut question: CausesQuestion) -> Outcome<Vec<CauseRow>> {
        let rosters = self.rosters.rosters(&caller.asker()?, &[question.group]).await?;
        let mut causes = Vec::new();
        if !rosters.contains_key(&question.group) {
            return Ok(causes);
        }
        loop {
            let found = self.store.concerning(&question).await?;
            let is_last = found.len() < question.first;
            for expense in found {
                let place = place(&expense);
                question.after = Some(place.clone());
                let amount_minor = contribution(&expense, question.member, question.owed_to)?;
                if amount_minor != 0 {
                    causes.push(CauseRow { place, date: expense.date, amount_minor });
                }
            }
            if is_last || causes.len() >= question.first {
                causes.truncate(question.first);
                return Ok(causes);
            }
        }
    }
}

fn place(expense: &Expense) -> CausePlace {
    CausePlace { sorted_by: expense.sorted_by.clone(), expense_id: expense.id }
}

/// Returns what an expense adds to the member's balance, or to what the member owes the other.
fn contribution(expense: &Expense, member: MemberId, owed_to: Option<MemberId>) -> Outcome<i64> {
    contribution_of(&expense.payers, &expense.shares, expense.total, member, owed_to)
}

fn contribution_of(
    payers: &[MemberAmount],
    shares: &[MemberAmount],
    total: Amount,
    member: MemberId,
    owed_to: Option<MemberId>,
) -> Outcome<i64> {
    let currency = total.currency;
    let entry = Entry::of(&rows(payers), &rows(shares), currency).map_err(Failure::internal)?;
    let Some(other) = owed_to else { return Ok(entry.nets().get(&(member, currency)).copied().unwrap_or(0)) };
    let debt = |from, to| entry.debts().get(&(from, to, currency)).copied().unwrap_or(0);
    Ok(debt(member, other) - debt(other, member))
}

fn rows(parts: &[MemberAmount]) -> Vec<(MemberId, i64)> {
    parts.iter().map(|part| (part.member_id, part.amount_minor)).collect()
}

#[cfg(test)]
mod tests {
    use money::{Currency, Ledger};

    use super::*;

    /// Payers or shares of an expense, as pairs of a member's index (of three) and an amount.
    type Rows = [(usize, i64)];

    #[test]
    fn contributions_add_up_to_the_nets_and_debts_of_the_ledger() {
        let members = [MemberId::new(), MemberId::new(), MemberId::new()];
        let euro = Currency::from_code("EUR").unwrap();
        let expenses: [(&Rows, &Rows); 4] = [
            (&[(0, 10_00)], &[(0, 3_34), (1, 3_33), (2, 3_33)]),
            (&[(1, 5_00), (2, 4_00)], &[(0, 9_00)]),
            (&[(2, 7_00)], &[(2, 7_00)]),
            (&[(1, -2_00)], &[(1, -1_00), (0, -1_00)]),
        ];
        let part = |(place, amount_minor): &(usize, i64)| MemberAmount {
            member_id: members[*place],
            amount_minor: *amount_minor,
        };
        let mut ledger = Ledger::default();
        let mut nets = [0; 3];
        let mut debts = [[0; 3]; 3];
        for (paid, shared) in expenses {
            let (payers, shares): (Vec<_>, Vec<_>) =
                (paid.iter().map(part).collect(), shared.iter().map(part).collect());
            let total = Amount::new(paid.iter().map(|(_, minor)| minor).sum(), euro);
            ledger.apply(&Entry::of(&rows(&payers), &rows(&shares), euro).unwrap()).unwrap();
            for (place, member) in members.iter().enumerate() {
                nets[place] += contribution_of(&payers, &shares, total, *member, None).unwrap();
                for (other, owed) in members.iter().enumerate() {
                    debts[place][other] += contribution_of(&payers, &shares, total, *member, Some(*owed)).unwrap();
                }
            }
        }
        for (place, member) in members.iter().enumerate() {
            assert_eq!(nets[place], ledger.nets[&(*member, euro)]);
            for (other, owed) in members.iter().enumerate() {
                let debt = |from, to| ledger.debts.get(&(from, to, euro)).copied().unwrap_or(0);
                assert_eq!(debts[place][other], debt(*member, *owed) - debt(*owed, *member));
            }
        }
    }
}

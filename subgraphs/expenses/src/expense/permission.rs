//! Who may change, delete and restore an expense or a schedule. The group sets it.
//!
//! | setting  | owner, admin | who entered it | who pays or shares it | other members |
//! |----------|--------------|----------------|-----------------------|---------------|
//! | ALL      | yes          | yes            | yes                   | yes           |
//! | INVOLVED | yes          | yes            | yes                   | no            |
//! | OWN      | yes          | yes            | no                    | no            |

use contracts::{
    MemberId,
    roster::{ExpenseEditing, Roster},
};

/// Whether a present member may change what `author` entered and `involved` pay or share.
pub(crate) fn may_change(roster: &Roster, member: MemberId, author: MemberId, involved: &[MemberId]) -> bool {
    let by_setting = match roster.expense_editing {
        ExpenseEditing::All => true,
        ExpenseEditing::Involved => involved.contains(&member),
        ExpenseEditing::Own => false,
    };
    by_setting || member == author || roster.managers.contains(&member)
}

#[cfg(test)]
mod tests {
    use contracts::GroupId;
    use money::Currency;

    use super::*;

    #[test]
    fn each_cell_is_as_the_table_says() {
        let [manager, author, sharer, other] = std::array::from_fn(|_| MemberId::new());
        let table = [
            (ExpenseEditing::All, [true, true, true, true]),
            (ExpenseEditing::Involved, [true, true, true, false]),
            (ExpenseEditing::Own, [true, true, false, false]),
        ];
        for (expense_editing, allowed) in table {
            let roster = Roster::new(GroupId::new(), Currency::from_code("EUR").unwrap(), Vec::new());
            let roster = Roster { expense_editing, managers: vec![manager], ..roster };
            let may = |member| may_change(&roster, member, author, &[sharer]);
            assert_eq!([manager, author, sharer, other].map(may), allowed, "{expense_editing:?}");
        }
    }
}

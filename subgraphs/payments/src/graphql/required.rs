//! Fields of other subgraphs that the router provides. They are input: they prove nothing and are not stored. A
//! missing, null or unreadable value is refused and never taken for zero.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use async_graphql::{ID, SimpleObject};
use contracts::{GroupId, MemberId, ledgers::LedgerOfGroup, roster::Roster};
use kit::{
    Failure, Outcome,
    graphql::{CurrencyCode, Decimal},
};
use money::{Amount, Currency, Ledger};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::balance::ExpenseLedger;

/// The router's fields of a group, and the roster that allows the caller to see it.
pub(super) struct Required {
    pub(super) simplify: Value,
    pub(super) expense_nets: Value,
    pub(super) roster: Arc<Roster>,
}

/// The router's fields of the caller.
pub(super) struct UserRequired {
    pub(super) memberships: Value,
    pub(super) expense_nets: Value,
}

/// A group that the user is or was in.
#[derive(SimpleObject, Deserialize)]
#[graphql(inaccessible)]
#[serde(rename_all = "camelCase")]
pub(super) struct Membership {
    #[graphql(external)]
    group_id: ID,
    #[graphql(external)]
    member_id: ID,
    #[graphql(external)]
    pub(super) name: String,
    #[graphql(external)]
    pub(super) simplify: bool,
}

/// The expense nets of one of the user's groups.
#[derive(SimpleObject, Deserialize)]
#[graphql(inaccessible)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupExpenseNets {
    #[graphql(external)]
    group_id: ID,
    #[graphql(external)]
    nets: ExpenseNets,
}

/// The expense nets of a group.
#[derive(SimpleObject, Deserialize)]
#[graphql(inaccessible)]
pub(super) struct ExpenseNets {
    #[graphql(external)]
    version: i32,
    #[graphql(external)]
    nets: Vec<MemberNet>,
    #[graphql(external)]
    debts: Option<Vec<MemberDebt>>,
}

/// What the expenses add to one member's balance.
#[derive(SimpleObject, Deserialize)]
#[graphql(inaccessible)]
#[serde(rename_all = "camelCase")]
struct MemberNet {
    #[graphql(external)]
    member_id: ID,
    #[graphql(external)]
    amount: Decimal,
    #[graphql(external)]
    currency: CurrencyCode,
}

/// What one member owes another because of the expenses.
#[derive(SimpleObject, Deserialize)]
#[graphql(inaccessible)]
struct MemberDebt {
    #[graphql(external)]
    from: ID,
    #[graphql(external)]
    to: ID,
    #[graphql(external)]
    amount: Decimal,
    #[graphql(external)]
    currency: CurrencyCode,
}

impl Required {
    pub(super) fn simplify(&self) -> Outcome<bool> {
        read("simplify", &self.simplify)
    }

    pub(super) fn expense_nets(&self) -> Outcome<ExpenseNets> {
        read("expenseNets", &self.expense_nets)
    }
}

impl UserRequired {
    pub(super) fn memberships(&self) -> Outcome<Vec<Membership>> {
        read("memberships", &self.memberships)
    }

    pub(super) fn expense_nets(&self) -> Outcome<Vec<GroupExpenseNets>> {
        read("expenseNets", &self.expense_nets)
    }

    /// Returns the expense ledger of each group.
    pub(super) fn nets_by_group(&self) -> Outcome<HashMap<GroupId, ExpenseLedger>> {
        let nets = self.expense_nets()?.into_iter();
        nets.map(|group| Ok((read_group(&group.group_id)?, group.nets.ledger()?))).collect()
    }
}

impl Membership {
    pub(super) fn group(&self) -> Outcome<GroupId> {
        read_group(&self.group_id)
    }
}

fn read_group(id: &ID) -> Outcome<GroupId> {
    id.parse().map_err(|_| Failure::internal("a membership has an invalid id"))
}

impl ExpenseNets {
    /// Converts a ledger as expenses does: with debts only if the group does not simplify them.
    pub(super) fn new(of: &LedgerOfGroup, simplify: bool) -> Outcome<Self> {
        let nets = of.ledger.nets.iter().map(|row| MemberNet {
            member_id: row.member_id.into(),
            amount: Amount::new(row.amount_minor, row.currency).into(),
            currency: row.currency.into(),
        });
        let debts = of.ledger.debts.iter().map(|row| MemberDebt {
            from: row.from.into(),
            to: row.to.into(),
            amount: Amount::new(row.amount_minor, row.currency).into(),
            currency: row.currency.into(),
        });
        let version = of.ledger_version.ok_or_else(|| Failure::internal("the ledger's version is missing"))?;
        let version = i32::try_from(version).map_err(Failure::internal)?;
        Ok(Self { version, nets: nets.collect(), debts: (!simplify).then(|| debts.collect()) })
    }

    /// Converts the nets and debts to a ledger of `money`.
    pub(super) fn ledger(&self) -> Outcome<ExpenseLedger> {
        let nets = self.nets.iter().map(|net| {
            let amount = amount(&net.amount, &net.currency)?;
            Ok(((member(&net.member_id)?, amount.currency), amount.minor))
        });
        let debts = self.debts.iter().flatten().map(|debt| {
            let amount = amount(&debt.amount, &debt.currency)?;
            Ok(((member(&debt.from)?, member(&debt.to)?, amount.currency), amount.minor))
        });
        let ledger = Ledger { nets: rows(nets)?, debts: rows(debts.collect::<Vec<_>>().into_iter())? };
        if self.version < 0 || ledger.debts.values().any(|minor| *minor <= 0) {
            return Err(Failure::internal("expenseNets has an invalid version or debt"));
        }
        Ok(ExpenseLedger { version: i64::from(self.version), ledger, has_debts: self.debts.is_some() })
    }
}

fn read<T: DeserializeOwned>(name: &str, value: &Value) -> Outcome<T> {
    T::deserialize(value).map_err(|error| Failure::internal(format!("{name} is required: {error}")))
}

/// Collects rows; duplicates are refused, because it would be ambiguous which one counts.
fn rows<K: Ord>(rows: impl ExactSizeIterator<Item = Outcome<(K, i64)>>) -> Outcome<BTreeMap<K, i64>> {
    let expected = rows.len();
    let rows: BTreeMap<K, i64> = rows.collect::<Outcome<_>>()?;
    if rows.len() == expected { Ok(rows) } else { Err(Failure::internal("expenseNets has a duplicate row")) }
}

fn member(id: &ID) -> Outcome<MemberId> {
    id.parse().map_err(|_| Failure::internal("expenseNets has an invalid id"))
}

fn amount(amount: &Decimal, currency: &CurrencyCode) -> Outcome<Amount> {
    let currency = Currency::from_code(&currency.0).map_err(Failure::internal)?;
    Amount::parse(&amount.0, currency).map_err(Failure::internal)
}

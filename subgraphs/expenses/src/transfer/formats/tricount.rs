//! Tricount: the JSON of its server, where expenses have negative amounts.

use money::{Amount, Currency};
use serde::Deserialize;

use super::fields::{amount, day, other_file};
use crate::transfer::{Fault, Kind, LedgerEntry, LedgerFile};

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "Response")]
    response: Vec<Wrapped>,
}

#[derive(Deserialize)]
struct Wrapped {
    #[serde(rename = "Registry")]
    registry: Option<Registry>,
}

#[derive(Deserialize)]
struct Registry {
    title: Option<String>,
    #[serde(default)]
    memberships: Vec<Membership>,
    #[serde(default)]
    all_registry_entry: Vec<WrappedEntry>,
}

#[derive(Deserialize)]
struct Membership {
    #[serde(rename = "RegistryMembershipNonUser", alias = "RegistryMembershipUser")]
    member: Member,
}

#[derive(Deserialize)]
struct Member {
    alias: Alias,
}

#[derive(Deserialize)]
struct Alias {
    display_name: String,
}

#[derive(Deserialize)]
struct WrappedEntry {
    #[serde(rename = "RegistryEntry")]
    entry: Transaction,
}

#[derive(Deserialize)]
struct Transaction {
    #[serde(rename = "type_transaction")]
    kind: Option<String>,
    membership_owned: Membership,
    amount: Value,
    #[serde(default)]
    description: String,
    date: String,
    allocations: Vec<Allocation>,
    category: Option<String>,
}

#[derive(Deserialize)]
struct Allocation {
    membership: Membership,
    amount: Value,
}

#[derive(Deserialize)]
struct Value {
    value: String,
    currency: Option<String>,
}

pub(super) fn read(text: &str) -> Result<LedgerFile, Fault> {
    let answer: Answer = serde_json::from_str(text).map_err(|_| other_file("Tricount"))?;
    let registry = answer.response.into_iter().find_map(|wrapped| wrapped.registry);
    let registry = registry.ok_or_else(|| other_file("Tricount"))?;
    let mut file = LedgerFile { name: registry.title, ..LedgerFile::default() };
    for membership in &registry.memberships {
        file.person(&membership.member.alias.display_name);
    }
    for (place, WrappedEntry { entry }) in registry.all_registry_entry.iter().enumerate() {
        let entry = entry.read(place + 1, &mut file);
        file.add(place + 1, entry);
    }
    Ok(file)
}

impl Transaction {
    fn read(&self, line: usize, file: &mut LedgerFile) -> Result<Option<LedgerEntry>, Fault> {
        let code = self.amount.currency.as_deref().unwrap_or_default();
        let currency = Currency::from_code(code).map_err(|_| Fault::not_a_currency(code))?;
        let spent = |value: &Value| amount(&value.value, currency).map(|amount| -amount.minor);
        let total = Amount::new(spent(&self.amount)?, currency);
        if total.minor == 0 {
            return Ok(None);
        }
        let payer = file.person(&self.membership_owned.member.alias.display_name);
        let mut shares = Vec::new();
        for allocation in &self.allocations {
            let share = spent(&allocation.amount)?;
            if share != 0 {
                shares.push((file.person(&allocation.membership.member.alias.display_name), share));
            }
        }
        if shares.iter().map(|(_, share)| share).sum::<i64>() != total.minor {
            return Err(Fault::DoesNotAddUp);
        }
        let kind = self.kind.as_deref().unwrap_or_default();
        let is_payment = kind == "BALANCE" && shares.len() == 1 && total.minor > 0;
        Ok(Some(LedgerEntry {
            rate: None,
            line,
            kind: if is_payment { Kind::Payment } else { Kind::Expense },
            description: self.description.clone(),
            date: day(&self.date)?,
            category: self.category.as_deref().map(str::to_lowercase),
            notes: None,
            total,
            payers: vec![(payer, total.minor)],
            shares,
        }))
    }
}

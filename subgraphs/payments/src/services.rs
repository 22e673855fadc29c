//! The services of all nouns.

use std::sync::Arc;

use contracts::{
    causes::Causes,
    ledger::GroupLedger,
    ledgers::ExpenseLedgers,
    nets::Nets,
    pay_handles::PayHandles,
    roster::{FormerRosters, Rosters, SharedGroups},
};
use kit::{Outcome, role::Resources, settings::ExposeSecret};

use crate::{
    balance::{Balances, GroupWatches},
    card::operations::Cards,
    config::Config,
    debt::Debts,
    explanation::operations::Explanations,
    home::Homes,
    pay_option::PayOptions,
    payment::Payments,
    reminder::Reminders,
    settle_up::SettleUps,
    settlement::Settlements,
};

/// Clients of the other subgraphs that own data which payments needs.
pub struct Owners {
    /// Returns the rosters of groups.
    pub rosters: Arc<dyn Rosters>,
    /// Returns the groups that two people share.
    pub shared: Arc<dyn SharedGroups>,
    /// Returns the expense nets of a group at a past moment.
    pub past: Arc<dyn Nets>,
    /// Returns the present expense ledgers of groups.
    pub ledgers: Arc<dyn ExpenseLedgers>,
    /// Returns the expenses that contribute to a balance.
    pub causes: Arc<dyn Causes>,
    /// Returns the pay handles of people.
    pub pay_handles: Arc<dyn PayHandles>,
}

/// The services that the resolvers use.
pub struct Services {
    pub(crate) payments: Arc<Payments>,
    pub(crate) cards: Cards,
    pub(crate) explanations: Explanations,
    pub(crate) balances: Arc<Balances>,
    pub(crate) debts: Arc<Debts>,
    pub(crate) settlements: Arc<Settlements>,
    pub(crate) settle_ups: SettleUps,
    pub(crate) pay_options: PayOptions,
    pub(crate) reminders: Reminders,
    pub(crate) homes: Homes,
    pub(crate) watches: GroupWatches,
    pub(crate) rosters: Arc<dyn Rosters>,
    pub(crate) former: FormerRosters,
}

impl Services {
    /// Creates the services; fails on inconsistent settings.
    pub fn new(resources: &Resources<Config, GroupLedger>, owners: Owners) -> Outcome<Self> {
        let Owners { rosters, shared, past, ledgers, causes, pay_handles } = owners;
        let service_key = &resources.settings.service_key;
        let former = FormerRosters::new(Arc::clone(&rosters), service_key.expose_secret());
        let balances = Arc::new(Balances::new(resources, past, Arc::clone(&rosters)));
        let payments = Payments::new(resources, Arc::clone(&rosters), former.clone(), Arc::clone(&balances));
        let payments = Arc::new(payments);
        let settlements = Arc::new(Settlements::new(resources.own.settlement_searches));
        let watches = GroupWatches::new(resources, Arc::clone(&rosters), Arc::clone(&ledgers));
        let debts = Arc::new(Debts {
            rosters: Arc::clone(&rosters),
            former: former.clone(),
            ledgers,
            balances: Arc::clone(&balances),
            settlements: Arc::clone(&settlements),
            service_key: service_key.clone(),
        });
        Ok(Self {
            cards: Cards::new(resources, Arc::clone(&payments), Arc::clone(&rosters))?,
            explanations: Explanations::new(Arc::clone(&payments), causes),
            settle_ups: SettleUps::new(resources, shared, Arc::clone(&debts), Arc::clone(&payments)),
            pay_options: PayOptions::new(pay_handles, service_key),
            reminders: Reminders::new(resources, Arc::clone(&debts), Arc::clone(&rosters)),
            homes: Homes::new(Arc::clone(&settlements)),
            watches,
            payments,
            balances,
            debts,
            settlements,
            rosters,
            former,
        })
    }

    /// Creates the indexes.
    pub async fn prepare(&self) -> Outcome<()> {
        self.payments.prepare().await?;
        self.reminders.prepare().await?;
        self.cards.prepare().await
    }
}

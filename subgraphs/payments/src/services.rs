//! The services of the subgraph: one for each noun.

use std::sync::Arc;

use contracts::{
    causes::Causes,
    ledger::GroupLedger,
    nets::Nets,
    roster::{FormerRosters, Rosters},
};
use kit::{Outcome, role::Resources, settings::ExposeSecret};

use crate::{
    Config,
    balance::{Balances, GroupWatches},
    card::operations::Cards,
    explanation::operations::Explanations,
    home::Homes,
    payment::Payments,
    settlement::Settlements,
};

/// What the resolvers call.
pub struct Services {
    pub(crate) payments: Arc<Payments>,
    pub(crate) cards: Cards,
    pub(crate) explanations: Explanations,
    pub(crate) balances: Arc<Balances>,
    pub(crate) settlements: Arc<Settlements>,
    pub(crate) homes: Homes,
    pub(crate) watches: GroupWatches,
    pub(crate) rosters: Arc<dyn Rosters>,
    pub(crate) former: FormerRosters,
}

impl Services {
    /// Over these resources; asks `rosters` who is in a group, `past` what the expenses of a group once added up to, and
    /// `causes` which expenses make a balance. Fails on settings that cannot be right.
    pub fn new(
        resources: &Resources<Config, GroupLedger>,
        rosters: Arc<dyn Rosters>,
        past: Arc<dyn Nets>,
        causes: Arc<dyn Causes>,
    ) -> Outcome<Self> {
        let former = FormerRosters::new(Arc::clone(&rosters), resources.settings.service_key.expose_secret());
        let balances = Arc::new(Balances::new(resources, past, Arc::clone(&rosters)));
        let payments = Arc::new(Payments::new(resources, Arc::clone(&rosters), former.clone(), Arc::clone(&balances)));
        let settlements = Arc::new(Settlements::default());
        Ok(Self {
            cards: Cards::new(resources, Arc::clone(&payments), Arc::clone(&rosters))?,
            explanations: Explanations::new(Arc::clone(&payments), causes),
            payments,
            balances,
            homes: Homes::new(Arc::clone(&settlements)),
            settlements,
            watches: GroupWatches::new(resources, Arc::clone(&rosters)),
            rosters,
            former,
        })
    }

    /// Makes the indexes.
    pub async fn prepare(&self) -> Outcome<()> {
        self.payments.prepare().await?;
        self.cards.prepare().await
    }
}

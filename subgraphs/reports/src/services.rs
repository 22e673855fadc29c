//! The services of the subgraph, one for each noun.

use std::sync::Arc;

use contracts::roster::Rosters;
use kit::{Outcome, inbox::Inbox, role::Resources};

use crate::{
    activity::Activities, budget::Budgets, config::Config, directory::Directory, notification::Notifications,
    spending::Spending,
};

/// The services that the resolvers and the consumer use.
pub struct Services {
    pub(crate) inbox: Inbox,
    pub(crate) directory: Arc<Directory>,
    pub(crate) spending: Arc<Spending>,
    pub(crate) activities: Activities,
    pub(crate) notifications: Arc<Notifications>,
    pub(crate) budgets: Budgets,
}

impl Services {
    /// Creates the services. `rosters` provides the members of groups.
    pub fn new(resources: &Resources<Config>, rosters: Arc<dyn Rosters>) -> Self {
        let directory = Arc::new(Directory::new(resources, rosters));
        let spending = Arc::new(Spending::new(resources));
        let notifications = Arc::new(Notifications::new(resources, Arc::clone(&directory)));
        let (sums, known, bell) = (Arc::clone(&spending), Arc::clone(&directory), Arc::clone(&notifications));
        Self {
            budgets: Budgets::new(resources, sums, known, bell),
            inbox: Inbox::new(resources.database.clone()),
            spending,
            activities: Activities::new(resources, Arc::clone(&directory)),
            notifications,
            directory,
        }
    }

    /// Creates the indexes, and with them the collections.
    pub async fn prepare(&self) -> Outcome<()> {
        self.inbox.prepare().await?;
        self.directory.prepare().await?;
        self.spending.prepare().await?;
        self.activities.prepare().await?;
        self.notifications.prepare().await?;
        self.budgets.prepare().await
    }
}

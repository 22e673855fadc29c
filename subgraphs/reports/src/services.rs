//! The services of the subgraph, one for each noun.

use std::sync::Arc;

use contracts::{contacts::Contacts, roster::Rosters};
use kit::{Outcome, inbox::Inbox, role::Resources};

use crate::{
    activity::Activities, budget::Budgets, config::Config, directory::Directory, mail::Mails,
    notification::Notifications, preference::Preferences, spending::Spending, statement::Statements,
};

/// The services that the resolvers and the consumer use.
pub struct Services {
    pub(crate) inbox: Inbox,
    pub(crate) directory: Arc<Directory>,
    pub(crate) spending: Arc<Spending>,
    pub(crate) statements: Statements,
    pub(crate) activities: Activities,
    pub(crate) notifications: Arc<Notifications>,
    pub(crate) preferences: Arc<Preferences>,
    pub(crate) mails: Arc<Mails>,
    pub(crate) budgets: Budgets,
}

impl Services {
    /// Creates the services. `rosters` provides the members of groups, `contacts` the addresses of people. Fails on
    /// settings that cannot be right.
    pub fn new(resources: &Resources<Config>, rosters: Arc<dyn Rosters>, contacts: Arc<dyn Contacts>) -> Outcome<Self> {
        let directory = Arc::new(Directory::new(resources, rosters));
        let spending = Arc::new(Spending::new(resources, Arc::clone(&directory)));
        let notifications = Arc::new(Notifications::new(resources, Arc::clone(&directory)));
        let preferences = Arc::new(Preferences::new(resources, Arc::clone(&directory)));
        let mails = Arc::new(Mails::new(resources, &notifications, &preferences, &directory, contacts)?);
        Ok(Self {
            budgets: Budgets::new(resources, &spending, &directory, &notifications, &mails),
            inbox: Inbox::new(resources.database.clone()),
            statements: Statements::new(Arc::clone(&spending), Arc::clone(&directory)),
            spending,
            activities: Activities::new(resources, Arc::clone(&directory)),
            notifications,
            preferences,
            mails,
            directory,
        })
    }

    /// Removes everything that follows from events alone.
    pub(crate) async fn clear(&self) -> Outcome<()> {
        self.directory.clear().await?;
        self.spending.clear().await?;
        self.activities.clear().await?;
        self.notifications.clear().await?;
        self.inbox.forget().await
    }

    /// Creates the indexes, and with them the collections.
    pub async fn prepare(&self) -> Outcome<()> {
        self.inbox.prepare().await?;
        self.directory.prepare().await?;
        self.spending.prepare().await?;
        self.activities.prepare().await?;
        self.notifications.prepare().await?;
        self.preferences.prepare().await?;
        self.mails.prepare().await?;
        self.budgets.prepare().await
    }
}

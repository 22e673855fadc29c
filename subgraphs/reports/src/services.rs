//! The services of the subgraph, one for each noun.

use std::sync::Arc;

use contracts::{contacts::Contacts, roster::Rosters};
use kit::{Outcome, inbox::Inbox, role::Resources};

use crate::{
    activity::Activities, budget::Budgets, config::Config, delivery::Deliveries, directory::Directory,
    mail::MailChannel, notification::Notifications, preference::Preferences, push::PushChannel, spending::Spending,
    statement::Statements,
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
    pub(crate) mails: Arc<Deliveries<MailChannel>>,
    pub(crate) pushes: Arc<Deliveries<PushChannel>>,
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
        let mail = MailChannel::new(resources, &preferences, &notifications, contacts)?;
        let push = PushChannel::new(resources, &notifications)?;
        let mails = Arc::new(Deliveries::new(mail, resources, &notifications, &preferences, &directory));
        let pushes = Arc::new(Deliveries::new(push, resources, &notifications, &preferences, &directory));
        Ok(Self {
            budgets: Budgets::new(resources, &spending, &directory, &notifications, &mails, &pushes),
            inbox: Inbox::new(resources.database.clone()),
            statements: Statements::new(Arc::clone(&spending), Arc::clone(&directory)),
            spending,
            activities: Activities::new(resources, Arc::clone(&directory)),
            notifications,
            preferences,
            mails,
            pushes,
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
        self.pushes.prepare().await?;
        self.pushes.channel.prepare().await?;
        self.budgets.prepare().await
    }
}

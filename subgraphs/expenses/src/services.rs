//! The services of all nouns, over one database.

use std::sync::Arc;

use contracts::{
    ledger::GroupLedger,
    payments::GroupPayments,
    roster::Rosters,
    taking_over::{GroupMaker, PaymentRecorder},
};
use kit::{Outcome, bus::Nudges, gather::Gather, rate::RateWindows, role::Resources};
use tokio::sync::Semaphore;

use crate::{
    advice::{operations::Advices, store::AdviceStore},
    advisor::Advisors,
    attachment::{address::Addresses, operations::Attachments, store::AttachmentStore},
    category::{operations::Categories, store::CategoryStore},
    comment::{operations::Comments, store::CommentStore},
    config::Config,
    draft::{
        operations::{Drafts, Limits},
        store::DraftStore,
    },
    expense::{operations::Expenses, store::ExpenseStore},
    preset::{operations::Presets, store::PresetStore},
    rate::{operations::Rates, store::RateStore},
    schedule::{operations::Schedules, store::ScheduleStore},
    transfer::{operations::Transfers, store::ImportStore},
};

/// How many pictures are decoded at once: each takes up to half a gigabyte of memory meanwhile.
const CONCURRENT_DECODINGS: usize = 2;

/// Clients of the other subgraphs that own data which expenses needs.
pub struct Owners {
    /// Returns the rosters of groups.
    pub rosters: Arc<dyn Rosters>,
    /// Creates groups.
    pub groups: Arc<dyn GroupMaker>,
    /// Records payments.
    pub payments: Arc<dyn PaymentRecorder>,
    /// Lists recorded payments.
    pub recorded: Arc<dyn GroupPayments>,
}

/// The services of all nouns.
pub struct Services {
    pub(crate) expenses: Arc<Expenses>,
    pub(crate) drafts: Arc<Drafts>,
    pub(crate) advice: Advices,
    pub(crate) comments: Comments,
    pub(crate) attachments: Arc<Attachments>,
    pub(crate) categories: Categories,
    pub(crate) presets: Presets,
    pub(crate) transfers: Arc<Transfers>,
    pub(crate) schedules: Schedules,
    pub(crate) rates: Rates,
}

impl Services {
    /// Creates the services, the collections and their indexes.
    pub async fn new(resources: &Resources<Config, GroupLedger>, owners: Owners) -> Outcome<Self> {
        let Config { drafts_per_minute, gemini, .. } = &resources.own;
        let (database, journal) = (&resources.database, &resources.journal);
        let expenses = Arc::new(Expenses {
            store: ExpenseStore::new(database),
            journal: Arc::clone(journal),
            rosters: owners.rosters,
            service_key: resources.settings.service_key.clone(),
            clock: resources.clock.clone(),
            asked: Gather::default(),
        });
        let attachments = attachments(resources, &expenses);
        let drafts = Arc::new(Drafts {
            store: DraftStore::new(database),
            counts: RateWindows::new(database, "counts"),
            journal: Arc::clone(journal),
            expenses: Arc::clone(&expenses),
            attachments: Arc::clone(&attachments),
            clock: resources.clock.clone(),
            advisors: Advisors::new(gemini.client()?),
            nudges: Nudges::new(),
            limits: Limits {
                drafts_per_minute: *drafts_per_minute,
                gemini_calls_per_person_per_day: i64::from(gemini.calls_per_person_per_day),
                gemini_calls_per_day: i64::from(gemini.calls_per_day),
            },
        });
        let advice = Advices {
            store: AdviceStore::new(database),
            journal: Arc::clone(journal),
            expenses: Arc::clone(&expenses),
            clock: resources.clock.clone(),
        };
        let comments = Comments {
            store: CommentStore::new(database),
            journal: Arc::clone(journal),
            expenses: Arc::clone(&expenses),
            clock: resources.clock.clone(),
        };
        let transfers = Arc::new(Transfers {
            store: ImportStore::new(database),
            expenses: Arc::clone(&expenses),
            clock: resources.clock.clone(),
            groups: owners.groups,
            payments: owners.payments,
            recorded: owners.recorded,
        });
        let schedules = Schedules {
            store: ScheduleStore::new(database),
            journal: Arc::clone(journal),
            expenses: Arc::clone(&expenses),
            clock: resources.clock.clone(),
        };
        let categories = Categories {
            store: CategoryStore::new(database),
            journal: Arc::clone(journal),
            expenses: Arc::clone(&expenses),
        };
        let presets = Presets {
            store: PresetStore::new(database),
            journal: Arc::clone(journal),
            expenses: Arc::clone(&expenses),
        };
        let url = resources.own.rates_url.clone();
        let rates = Rates { store: RateStore::new(database), clock: resources.clock.clone(), url };
        let services =
            Self { expenses, drafts, advice, comments, attachments, categories, presets, transfers, schedules, rates };
        services.prepare().await?;
        Ok(services)
    }

    /// Enters the expenses of all schedules that are due; returns how many.
    pub async fn enter_due(&self) -> Outcome<usize> {
        self.schedules.enter_due().await
    }

    /// Finishes imports whose process is gone; returns how many.
    pub async fn finish_imports(&self) -> Outcome<usize> {
        self.transfers.finish_abandoned().await
    }

    /// Fetches reference rates; returns the number of days that were saved.
    pub async fn fetch_rates(&self) -> Outcome<usize> {
        self.rates.fetch().await
    }

    /// Removes files that no attachment has used for an hour; returns how many.
    pub async fn remove_unused_files(&self) -> Outcome<usize> {
        self.attachments.remove_unused().await
    }

    async fn prepare(&self) -> Outcome<()> {
        self.expenses.store.prepare().await?;
        self.advice.store.prepare().await?;
        self.comments.store.prepare().await?;
        self.attachments.store.prepare().await?;
        self.categories.store.prepare().await?;
        self.presets.store.prepare().await?;
        self.transfers.store.prepare().await?;
        self.schedules.store.prepare().await?;
        self.rates.store.prepare().await?;
        self.drafts.prepare().await
    }
}

fn attachments(resources: &Resources<Config, GroupLedger>, expenses: &Arc<Expenses>) -> Arc<Attachments> {
    Arc::new(Attachments {
        store: AttachmentStore::new(&resources.database),
        counts: RateWindows::new(&resources.database, "counts"),
        journal: Arc::clone(&resources.journal),
        expenses: Arc::clone(expenses),
        clock: resources.clock.clone(),
        addresses: Addresses::new(&resources.settings.service_key),
        reading: Semaphore::new(CONCURRENT_DECODINGS),
    })
}

//! Asks for the handles of receivers.

use std::{collections::HashMap, sync::Arc};

use contracts::{
    Trace, UserId,
    ask::Asker,
    pay_handles::{PayHandle, PayHandles},
};
use kit::{
    Outcome,
    settings::{ExposeSecret, SecretString},
};

/// The service for ways to pay.
pub(crate) struct PayOptions {
    handles: Arc<dyn PayHandles>,
    service_key: SecretString,
}

impl PayOptions {
    pub(crate) fn new(handles: Arc<dyn PayHandles>, service_key: &SecretString) -> Self {
        Self { handles, service_key: service_key.clone() }
    }

    /// Returns the handles of these people. The caller must have been checked to owe them something.
    pub(crate) async fn handles(
        &self,
        trace: Trace,
        users: &[UserId],
    ) -> Outcome<HashMap<UserId, Arc<Vec<PayHandle>>>> {
        let asker = Asker::Service { key: self.service_key.expose_secret().to_owned(), trace };
        let found = self.handles.pay_handles(&asker, users).await?;
        Ok(found.into_iter().map(|(user, handles)| (user, Arc::new(handles))).collect())
    }
}

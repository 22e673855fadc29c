//! Use cases of drafts: request, find, confirm, discard. See `reading` for how a draft is read and `watch` for
//! subscriptions.

use std::sync::Arc;

use contracts::{DraftId, Event, ExpenseId, GroupId, event::MemberAmount, ledger::GroupLedger};
use kit::{
    Caller, Clock, Code, Outcome,
    bus::Nudges,
    journal::{Change, IdempotencyKey, Journal},
    rate::{RateWindow, RateWindows},
};
use money::Currency;

use super::{Draft, Source, Status, photo::Photo, store::DraftStore, text};
use crate::{
    advisor::Advisors,
    attachment::operations::Attachments,
    expense::{
        Expense,
        edit::Edit,
        operations::{Expenses, Request},
        shares::sharers,
    },
    refusal::Refusal,
};

const MINUTE_SECONDS: i64 = 60;

/// The service for drafts.
pub(crate) struct Drafts {
    pub(crate) store: DraftStore,
    pub(crate) counts: RateWindows,
    pub(crate) journal: Arc<Journal<GroupLedger>>,
    pub(crate) expenses: Arc<Expenses>,
    pub(crate) attachments: Arc<Attachments>,
    pub(crate) clock: Clock,
    pub(crate) advisors: Advisors,
    pub(crate) nudges: Nudges,
    pub(crate) limits: Limits,
}

/// Rate limits.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Drafts per person and minute.
    pub(crate) drafts_per_minute: i64,
    /// Gemini readings per person and day.
    pub(crate) gemini_calls_per_person_per_day: i64,
    /// Gemini readings of all people per day.
    pub(crate) gemini_calls_per_day: i64,
}

impl Drafts {
    /// Creates the collections and their indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await?;
        self.counts.prepare().await
    }

    /// Requests the reading of a sentence; returns the pending draft at once.
    pub(crate) async fn request(&self, caller: &Caller, group: GroupId, written: &str) -> Outcome<Draft> {
        caller.user()?;
        let source = Source::Text(text(written)?);
        self.request_from(caller, group, source, None).await
    }

    /// Requests the reading of a receipt; returns the pending draft at once. The photo is validated only if Gemini is
    /// configured.
    pub(crate) async fn request_receipt(
        &self,
        caller: &Caller,
        group: GroupId,
        photo: impl FnOnce() -> Outcome<Photo>,
    ) -> Outcome<Draft> {
        caller.user()?;
        if !self.advisors.has_gemini() {
            return Err(Refusal::PhotosNotConfigured.into());
        }
        self.request_from(caller, group, Source::Photo, Some(photo()?)).await
    }

    async fn request_from(
        &self,
        caller: &Caller,
        group: GroupId,
        source: Source,
        photo: Option<Photo>,
    ) -> Outcome<Draft> {
        let (user, now) = (caller.user()?, self.clock.now());
        let membership = self.expenses.membership(caller, group).await?;
        let most = self.limits.drafts_per_minute;
        let window = RateWindow::new(&format!("drafts/{user}"), MINUTE_SECONDS, now);
        if self.counts.count(&window).await? > most {
            return Err(Refusal::TooManyDrafts { most }.into());
        }
        let draft = Draft::requested(user, &membership, source, (now, caller.today(now)));
        let event = Event::DraftRequested(draft.request(&membership.roster));
        let photo = photo.map(|photo| self.store.add_photo(&draft, photo)).transpose()?;
        let change = Change::new(draft.id.0, event).by(caller).writing([self.store.add(&draft)?]).writing(photo);
        self.journal.commit(change).await?;
        Ok(draft)
    }

    /// Returns a draft, for its author only.
    pub(crate) async fn find(&self, caller: &Caller, id: DraftId) -> Outcome<Draft> {
        let user = caller.user()?;
        let now = self.clock.now();
        let draft = self.store.find(id).await?.filter(|draft| draft.author == user && !draft.is_over(now));
        draft.ok_or_else(|| Refusal::DraftNotFound.into())
    }

    /// Returns the shares if the draft were confirmed now, as far as they are known.
    pub(crate) async fn shares(&self, draft: &Draft) -> Outcome<Vec<MemberAmount>> {
        let Some(split) = &draft.reading.split else { return Ok(Vec::new()) };
        Ok(draft.shares(self.expenses.rounding_offset(&sharers(split)).await?))
    }

    /// Makes an expense of a draft and the author's changes, idempotently. One commit in the group's ledger stores the
    /// expense and confirms the draft. The draft's own stream gets no entry, because a commit appends to one stream
    /// only. A concurrent second request is refused, or gets the same expense if it has the same key.
    pub(crate) async fn confirm(
        &self,
        caller: &Caller,
        id: DraftId,
        request: &Request,
        changes: impl FnOnce(Option<Currency>) -> Outcome<Edit>,
    ) -> Outcome<Expense> {
        let draft = self.find(caller, id).await?;
        let membership = self.expenses.membership(caller, draft.group_id).await?;
        let expense = ExpenseId::new();
        let key =
            IdempotencyKey::new(caller.user()?, "confirmDraft", &request.idempotency_key, &request.body, expense.0)?;
        if let Some(made) = self.journal.earlier_result(&key).await? {
            return self.expenses.made(made).await;
        }
        let confirmed = draft.confirmed(expense, self.clock.now())?;
        let new = draft.completed(changes(draft.reading.total.map(|total| total.currency))?)?;
        let expense = self.expenses.prepared(caller, expense, new, &membership).await?;
        let mut writes = vec![self.store.advance(&draft, &confirmed)?, self.store.remove_photo(id)];
        if let Some(photo) = self.store.photo(id).await? {
            writes.extend(self.attachments.with_receipt(&expense, photo.bytes).await?);
        }
        self.expenses.add(caller, expense, key, writes).await
    }

    /// Discards a draft; idempotent.
    pub(crate) async fn discard(&self, caller: &Caller, id: DraftId) -> Outcome<()> {
        let mut seen = self.find(caller, id).await?;
        // The draft may be read or confirmed concurrently. Its state only moves forward, so this loop ends.
        while seen.status != Status::Discarded {
            match self.discard_as_seen(caller, &seen).await {
                Err(failure) if failure.is(Code::NotAllowed) => {
                    let present = self.find(caller, id).await?;
                    if present.status == seen.status {
                        return Err(failure);
                    }
                    seen = present;
                }
                discarded => return discarded,
            }
        }
        Ok(())
    }

    async fn discard_as_seen(&self, caller: &Caller, draft: &Draft) -> Outcome<()> {
        let discarded = draft.discarded(self.clock.now())?;
        let event = Event::DraftDiscarded(discarded.facts());
        let writes = [self.store.advance(draft, &discarded)?, self.store.remove_photo(draft.id)];
        self.journal.commit(Change::new(draft.id.0, event).by(caller).writing(writes)).await?;
        Ok(())
    }
}

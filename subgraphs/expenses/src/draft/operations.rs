//! What people do with drafts. How one is read: `reading`; how its author is told: `watch`.

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

/// What can be done with drafts.
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

/// How much may be asked for.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// How many drafts by one person in a minute.
    pub(crate) drafts_per_minute: i64,
    /// How many readings by Gemini for one person on one day.
    pub(crate) gemini_calls_per_person_per_day: i64,
    /// How many readings by Gemini on one day.
    pub(crate) gemini_calls_per_day: i64,
}

impl Drafts {
    /// Makes the collections and their indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await?;
        self.counts.prepare().await
    }

    /// Asks for a sentence to be read; answers at once.
    pub(crate) async fn request(&self, caller: &Caller, group: GroupId, written: &str) -> Outcome<Draft> {
        caller.user()?;
        let source = Source::Text(text(written)?);
        self.request_from(caller, group, source, None).await
    }

    /// Asks for a receipt to be read; answers at once. The photo is looked at only if there is somebody to read it.
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

    /// One draft, for its author.
    pub(crate) async fn find(&self, caller: &Caller, id: DraftId) -> Outcome<Draft> {
        let user = caller.user()?;
        let now = self.clock.now();
        let draft = self.store.find(id).await?.filter(|draft| draft.author == user && !draft.is_over(now));
        draft.ok_or_else(|| Refusal::DraftNotFound.into())
    }

    /// What each would owe if the draft were confirmed now, as far as it is known.
    pub(crate) async fn shares(&self, draft: &Draft) -> Outcome<Vec<MemberAmount>> {
        let Some(split) = &draft.reading.split else { return Ok(Vec::new()) };
        Ok(draft.shares(self.expenses.rounding_offset(&sharers(split)).await?))
    }

    /// Makes an expense of a draft and of the author's changes, once. The expense and the end of the draft are one
    /// commit in the ledger of the group; the draft's own stream has no further entry, because one change is an entry of
    /// one stream. Whoever comes second finds the draft moved, or gets the same expense for the same key.
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

    /// Drops a draft; dropping it again changes nothing.
    pub(crate) async fn discard(&self, caller: &Caller, id: DraftId) -> Outcome<()> {
        let mut seen = self.find(caller, id).await?;
        // It may be read, confirmed or dropped meanwhile: it moves one way only, so this ends.
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

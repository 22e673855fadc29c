//! What people do with drafts.

use contracts::{
    DraftId, Event, ExpenseId, GroupId, Timestamp,
    event::{DraftSource, MemberAmount},
};
use kit::{
    Caller, Code, Outcome,
    journal::{Change, IdempotencyKey},
};
use money::Currency;

use super::Request;
use crate::{
    Expense, Expenses,
    draft::{Draft, Status, text},
    edit::Edit,
    limits::Window,
    photo::Photo,
    refusal::Refusal,
    store,
};

impl Expenses {
    /// Asks for a sentence to be read; answers at once.
    pub(crate) async fn draft_expense(&self, caller: &Caller, group: GroupId, written: &str) -> Outcome<Draft> {
        caller.user()?;
        let source = DraftSource::Text(text(written)?);
        self.request(caller, group, source, None).await
    }

    /// Asks for a receipt to be read; answers at once. The photo is looked at only if there is somebody to read it.
    pub(crate) async fn draft_receipt(
        &self,
        caller: &Caller,
        group: GroupId,
        photo: impl FnOnce() -> Outcome<Photo>,
    ) -> Outcome<Draft> {
        caller.user()?;
        if !self.advisors.read_photos() {
            return Err(Refusal::PhotosNotConfigured.into());
        }
        self.request(caller, group, DraftSource::Photo, Some(photo()?)).await
    }

    async fn request(
        &self,
        caller: &Caller,
        group: GroupId,
        source: DraftSource,
        photo: Option<Photo>,
    ) -> Outcome<Draft> {
        let (user, now) = (caller.user()?, Timestamp::now());
        let membership = self.membership(caller, group).await?;
        if self.store.count(&Window::of_drafts(user, now)).await? > self.drafts_per_minute {
            return Err(Refusal::TooManyDrafts { most: self.drafts_per_minute }.into());
        }
        let draft = Draft::requested(user, &membership, source, now);
        let event = Event::DraftRequested(draft.request(&membership.roster));
        let photo = photo.map(|photo| store::add_photo(draft.id, photo, now)).transpose()?;
        let writes = [store::add_draft(&draft)?].into_iter().chain(photo);
        self.journal.commit(Change::new(draft.id.0, event).by(caller).writing(writes)).await?;
        Ok(draft)
    }

    /// One draft, for its author.
    pub(crate) async fn draft(&self, caller: &Caller, id: DraftId) -> Outcome<Draft> {
        let user = caller.user()?;
        let draft = self.store.draft(id).await?.filter(|draft| draft.author == user);
        draft.ok_or_else(|| Refusal::DraftNotFound.into())
    }

    /// What each would owe if the draft were confirmed now, as far as it is known.
    pub(crate) async fn shares_of(&self, draft: &Draft) -> Outcome<Vec<MemberAmount>> {
        let Some(split) = &draft.reading.split else { return Ok(Vec::new()) };
        Ok(draft.shares(self.store.rounding_offset(&split.sharers()).await?))
    }

    /// Makes an expense of a draft and of the author's changes, once. The expense and the end of the draft are one
    /// commit in the ledger of the group; the draft's own stream has no further entry, because one change is an entry of
    /// one stream. Whoever comes second finds the draft moved, or gets the same expense for the same key.
    pub(crate) async fn confirm_draft(
        &self,
        caller: &Caller,
        id: DraftId,
        request: &Request,
        changes: impl FnOnce(Option<Currency>) -> Outcome<Edit>,
    ) -> Outcome<Expense> {
        let draft = self.draft(caller, id).await?;
        let membership = self.membership(caller, draft.group_id).await?;
        let expense = ExpenseId::new();
        let key =
            IdempotencyKey::new(caller.user()?, "confirmDraft", &request.idempotency_key, &request.body, expense.0)?;
        if let Some(made) = self.journal.earlier_result(&key).await? {
            return self.made(made).await;
        }
        let confirmed = draft.confirmed(expense)?;
        let new = draft.completed(changes(draft.reading.total.map(|total| total.currency))?)?;
        let expense = self.new_expense(expense, new, &membership).await?;
        let writes = vec![store::move_draft(&draft, &confirmed)?, store::remove_photo(id)];
        self.add(caller, expense, key, writes).await
    }

    /// Drops a draft; dropping it again changes nothing.
    pub(crate) async fn discard_draft(&self, caller: &Caller, id: DraftId) -> Outcome<()> {
        let mut seen = self.draft(caller, id).await?;
        // It may be read, confirmed or dropped meanwhile: it moves one way only, so this ends.
        while seen.status != Status::Discarded {
            match self.discard(caller, &seen).await {
                Err(failure) if failure.is(Code::NotAllowed) => {
                    let present = self.draft(caller, id).await?;
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

    async fn discard(&self, caller: &Caller, draft: &Draft) -> Outcome<()> {
        let discarded = draft.discarded()?;
        let event = Event::DraftDiscarded(discarded.facts());
        let writes = vec![store::move_draft(draft, &discarded)?, store::remove_photo(draft.id)];
        self.journal.commit(Change::new(draft.id.0, event).by(caller).writing(writes)).await?;
        Ok(())
    }
}

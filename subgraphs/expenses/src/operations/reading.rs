//! How a draft is read, once for each request, by the consumer.

use std::collections::HashMap;

use contracts::{
    Event, GroupId, Timestamp, Trace,
    ask::Asker,
    event::{DraftRequest, DraftSource},
    roster::Roster,
};
use kit::{
    Code, Outcome,
    journal::{Change, Committed, IdempotencyKey},
};
use reader::{Question, Reading};
use uuid::Uuid;

use crate::{
    Expenses,
    advisors::{Advisor, Read},
    draft::Status,
    store,
};

/// The event that makes the consumer do something.
#[derive(Clone, Copy)]
pub(crate) struct Cause {
    pub(crate) event: Uuid,
    pub(crate) trace: Trace,
}

impl Expenses {
    /// Has a draft read and keeps what came of it, whatever that is. A draft that somebody discarded meanwhile stays so.
    pub(crate) async fn read_draft(&self, cause: Cause, request: &DraftRequest) -> Outcome<()> {
        let draft = self.store.draft(request.draft_id).await?.filter(|draft| draft.status == Status::Pending);
        let Some(draft) = draft else { return Ok(()) };
        let read = self.ask_an_advisor(request).await?;
        let advisor = read.advisor;
        let people: Vec<_> = request.people.iter().map(|person| person.member_id).collect();
        // As the group is now, not as it was when the draft was asked for.
        let roster = self.roster_for_service(cause.trace, request.group_id).await?;
        let after = draft.read(read, &people, roster.as_ref(), Timestamp::now())?;
        let change = Change::new(draft.id.0, Event::DraftRead(after.facts()))
            .caused_by(cause.trace)
            .writing([store::move_draft(&draft, &after)?])
            .once(IdempotencyKey::for_event("read", cause.event, draft.id.0)?);
        match self.journal.commit(change).await {
            Err(failure) if failure.is(Code::NotAllowed) => Ok(()),
            Ok(Committed::Applied { .. }) => {
                crate::measure::count_reading(advisor, after.status);
                Ok(())
            }
            committed => committed.map(|_| ()),
        }
    }

    async fn ask_an_advisor(&self, request: &DraftRequest) -> Outcome<Read> {
        let names: Vec<&str> = request.people.iter().map(|person| person.name.as_str()).collect();
        let question = |text, speaker| Question {
            text,
            people: &names,
            speaker,
            currency: request.currency,
            today: request.today,
            total: None,
        };
        let Some(speaker) = request.people.iter().position(|person| person.member_id == request.author) else {
            return Ok(unread("You are not in this group."));
        };
        match &request.source {
            DraftSource::Text(text) => self.advisors.read(&question(text, speaker)).await,
            DraftSource::Photo => match self.store.photo(request.draft_id).await? {
                Some(photo) => self.advisors.read_photo(&photo, &question("", speaker)).await,
                None => Ok(unread("The photo is not there any more.")),
            },
        }
    }

    /// A group's members, asked as a service; `None` when there is no such group any more.
    pub(super) async fn roster_for_service(&self, trace: Trace, group: GroupId) -> Outcome<Option<Roster>> {
        let asker = Asker::Service { key: self.service_key.expose().to_owned(), trace };
        let mut rosters: HashMap<_, _> = self.rosters.rosters(&asker, &[group]).await?;
        Ok(rosters.remove(&group))
    }
}

fn unread(why: &str) -> Read {
    let reading = Reading { questions: vec![why.to_owned()], ..Reading::default() };
    Read { reading, advisor: Advisor::Rules, problems: Vec::new() }
}

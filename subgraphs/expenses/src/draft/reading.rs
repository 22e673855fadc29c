//! The consumer's side: reads each requested draft once.

use std::sync::LazyLock;

use contracts::{Event, UserId, event::DraftRequest};
use kit::{
    Code, Outcome,
    journal::{Change, Committed, IdempotencyKey},
    rate::RateWindow,
    telemetry::metrics::Counter,
};
use reader::Question;

use super::{
    Draft, Obstacle, Source, Status,
    operations::{Drafts, Limits},
};
use crate::{
    advisor::{Advisor, Budget, Read},
    expense::operations::Cause,
    problem::Problem,
};

const DAY_SECONDS: i64 = 24 * 60 * 60;

static DRAFTS: LazyLock<Counter> = LazyLock::new(|| {
    Counter::new("quits_drafts_total", "Drafts, by who read them and what became of them.", &["advisor", "status"])
});

impl Drafts {
    /// Reads a draft and stores the result, also when reading failed. A draft discarded meanwhile is left alone.
    pub(crate) async fn read(&self, cause: Cause, request: &DraftRequest) -> Outcome<()> {
        let draft = self.store.find(request.draft_id).await?.filter(|draft| draft.status == Status::Pending);
        let Some(draft) = draft else { return Ok(()) };
        let read = self.ask_an_advisor(&draft, request).await?;
        let advisor = read.advisor;
        let people: Vec<_> = request.people.iter().map(|person| person.member_id).collect();
        // The present group, not the group at the time of the request.
        let roster = self.expenses.roster_for_service(cause.trace, request.group_id).await?;
        let after = draft.read(read, &people, roster.as_ref(), self.clock.now())?;
        if self.end_reading(cause, &draft, &after).await? {
            count_reading(advisor, after.status);
        }
        Ok(())
    }

    /// Ends a draft whose reading has failed too often, so that its author is told instead of waiting for ever.
    pub(crate) async fn give_up(&self, cause: Cause, request: &DraftRequest) -> Outcome<()> {
        let draft = self.store.find(request.draft_id).await?.filter(|draft| draft.status == Status::Pending);
        let Some(draft) = draft else { return Ok(()) };
        let after = draft.given_up(self.clock.now());
        self.end_reading(cause, &draft, &after).await.map(drop)
    }

    /// Stores a draft after its reading. Returns whether that was done now.
    async fn end_reading(&self, cause: Cause, draft: &Draft, after: &Draft) -> Outcome<bool> {
        let change = Change::new(draft.id.0, Event::DraftRead(after.facts()))
            .caused_by(cause.trace)
            .writing([self.store.advance(draft, after)?])
            .once(IdempotencyKey::for_event("read", cause.event, draft.id.0)?);
        match self.journal.commit(change).await {
            Err(failure) if failure.is(Code::NotAllowed) => Ok(false),
            committed => Ok(matches!(committed?, Committed::Applied { .. })),
        }
    }

    async fn ask_an_advisor(&self, draft: &Draft, request: &DraftRequest) -> Outcome<Read> {
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
            return Ok(unread(Obstacle::NotInGroup));
        };
        Ok(match &draft.source {
            Source::Text(text) => {
                let budget = self.budget(draft.author).await?;
                self.advisors.read(&question(text, speaker), budget).await
            }
            Source::Photo => match self.store.photo(draft.id).await? {
                Some(photo) => {
                    let budget = self.budget(draft.author).await?;
                    self.advisors.read_photo(&photo.shown(), &question("", speaker), budget).await
                }
                None => unread(Obstacle::PhotoGone),
            },
        })
    }

    /// Counts one more Gemini request by this person and returns whether it is within the budget. The person's own
    /// limit is checked first, so that somebody who exceeds it does not use up the common budget.
    async fn budget(&self, author: UserId) -> Outcome<Budget> {
        if !self.advisors.has_gemini() {
            return Ok(Budget::Spent);
        }
        let Limits { gemini_calls_per_person_per_day: own, gemini_calls_per_day: all, .. } = self.limits;
        if self.questions(&format!("gemini/{author}")).await? > own {
            return Ok(Budget::OwnSpent);
        }
        Ok(if self.questions("gemini").await? <= all { Budget::Left } else { Budget::Spent })
    }

    /// Counts one more request under this name; returns the count of the day.
    async fn questions(&self, name: &str) -> Outcome<i64> {
        self.counts.count(&RateWindow::new(name, DAY_SECONDS, self.clock.now())).await
    }
}

fn unread(why: Obstacle) -> Read {
    Read::nothing(Advisor::Rules, Problem::of(&why))
}

fn count_reading(advisor: Advisor, status: Status) {
    let advisor = match advisor {
        Advisor::Rules => "rules",
        Advisor::Gemini => "gemini",
    };
    let status = if status == Status::Ready { "ready" } else { "failed" };
    DRAFTS.count(&[advisor, status]);
}

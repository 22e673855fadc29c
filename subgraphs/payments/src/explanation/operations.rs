//! Assembles explanations from expenses and payments, the newest first.

use std::{cmp::Ordering, sync::Arc};

use contracts::causes::{CauseRow, Causes, CausesQuestion};
use kit::{
    Caller, Outcome,
    graphql::{Page, PageRequest},
};

use super::{Cause, Part, Place, Subject};
use crate::payment::{Payment, Payments};

/// The service for explanations.
pub(crate) struct Explanations {
    payments: Arc<Payments>,
    causes: Arc<dyn Causes>,
}

impl Explanations {
    pub(crate) fn new(payments: Arc<Payments>, causes: Arc<dyn Causes>) -> Self {
        Self { payments, causes }
    }

    /// Returns a page of the explanation of these subjects, one after the other. The caller must have been checked to
    /// see the group.
    pub(crate) async fn page(
        &self,
        caller: &Caller,
        subjects: &[Subject],
        request: &PageRequest,
    ) -> Outcome<Page<Cause>> {
        let mut place = Place::read(request.after.as_ref())?;
        // One more than requested shows whether there is a next page.
        let limit = request.first + 1;
        let mut entries = Vec::new();
        while let Some(subject) = subjects.get(place.subject).filter(|_| entries.len() < limit) {
            let next = Place { subject: place.subject + 1, ..Place::default() };
            entries.extend(self.part(caller, subject, place, limit - entries.len()).await?);
            place = next;
        }
        let has_next = entries.len() > request.first;
        entries.truncate(request.first);
        let has_previous = request.after.is_some();
        let total = entries.len() as u64;
        let entries = entries.into_iter().map(|(place, cause)| (place.cursor(), cause)).collect();
        Ok(Page { entries, has_next, has_previous, end: None, total })
    }

    /// Returns what explains one subject after a place, at least `limit` entries of it if there are as many.
    async fn part(
        &self,
        caller: &Caller,
        subject: &Subject,
        place: Place,
        limit: usize,
    ) -> Outcome<Vec<(Place, Cause)>> {
        let question = CausesQuestion {
            group: subject.group,
            member: subject.member,
            owed_to: subject.owed_to,
            currency: subject.currency,
            first: limit,
            after: place.expense.clone(),
        };
        let asker = caller.asker()?;
        let expenses = async { Ok(self.causes.causes(&asker, &question).await?) };
        let payments = self.payments.moving(
            (subject.group, subject.currency),
            (subject.member, subject.owed_to),
            limit,
            place.payment,
        );
        let (expenses, payments) = futures::try_join!(expenses, payments)?;
        Ok(merged(subject, place, expenses, payments))
    }
}

/// Merges the lists: other transfers first, then expenses and payments by day, the newest first; each with its cursor.
fn merged(subject: &Subject, mut place: Place, expenses: Vec<CauseRow>, payments: Vec<Payment>) -> Vec<(Place, Cause)> {
    let mut entries = Vec::new();
    let member = subject.member;
    for transfer in subject.others.iter().skip(place.others) {
        place.others += 1;
        let amount = money::Amount::new(-transfer.amount.minor, transfer.amount.currency);
        entries.push((place.clone(), Cause { part: Part::Transfer(transfer.clone()), member, amount }));
    }
    let (mut expenses, mut payments) = (expenses.into_iter().peekable(), payments.into_iter().peekable());
    loop {
        let order = match (expenses.peek(), payments.peek()) {
            (None, None) => return entries,
            (Some(expense), Some(payment)) => payment.date.cmp(&expense.date),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        };
        let cause = if order == Ordering::Greater {
            payments.next().map(|payment| {
                place.payment = Some((payment.date, payment.id));
                let amount = subject.of_payment(&payment);
                Cause { part: Part::Payment(Box::new(payment)), member, amount }
            })
        } else {
            expenses.next().map(|expense| {
                let id = expense.place.expense_id;
                place.expense = Some(expense.place);
                Cause { part: Part::Expense(id), member, amount: subject.amount(expense.amount_minor) }
            })
        };
        entries.extend(cause.map(|cause| (place.clone(), cause)));
    }
}

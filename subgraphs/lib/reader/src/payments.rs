//! Collects who paid, and asks where money may have gone from one person to another.

use crate::{
    facts::{Facts, Payment},
    line::{Line, Sign},
    line_context::Context,
    piece::{Party, Value, Who},
    remark::Remark,
    role::Role,
};

/// The questions that are asked where the text may be about a payment.
pub(crate) const PAYMENT_QUESTIONS: [Remark; 2] = [Remark::PaymentBetweenTwo, Remark::PaymentOrShared];

impl Facts {
    /// Records who paid.
    pub(crate) fn payment(&mut self, context: &Context<'_>) {
        let line = context.line;
        if line.says(Role::Back) {
            self.ask(Remark::PaymentBetweenTwo);
            self.hand_over(context);
        }
        let by: Vec<Party> = line.marked(&[Role::By]).cloned().collect();
        let bare = line.bare.iter().cloned();
        let (payers, others): (Vec<Party>, Vec<Party>) = match &line.subject {
            // "I paid it when I was there" names the payer twice.
            Some(subject) => {
                let others = by.into_iter().chain(bare).filter(|other| other != subject);
                (vec![subject.clone()], others.collect())
            }
            None if !by.is_empty() => (by, bare.collect()),
            None if line.verb != Some(Role::Paid) => (bare.collect(), Vec::new()),
            None => (vec![Party::named(vec![context.speaker])], bare.collect()),
        };
        for other in others {
            match &other.who {
                // "I paid Ben 20": Ben is the receiver.
                Who::Named(people) if people.len() == 1 && line.has(Sign::Buys) => {
                    self.participants.push((Role::For, other));
                }
                Who::Named(people) if people.len() == 1 => {
                    self.ask(Remark::PaymentOrShared);
                    self.hand_over(context);
                }
                _ => self.participants.push((Role::Between, other)),
            }
        }
        for who in payers {
            let part = line.value.clone();
            match who.who {
                Who::We => {
                    self.ask(Remark::WhoPaid);
                    if let Some(minor) = line.money() {
                        self.entry(context, minor, None);
                    }
                }
                _ => self.pay(Payment { who, part, each: line.says(Role::Each) }),
            }
        }
        self.takers(line);
        self.owners.extend(line.owned.clone());
        if line.says(Role::Total) {
            self.totals.extend(line.money());
        }
    }

    /// Adds a payment. Of two statements about the same payer, the one with an amount counts.
    fn pay(&mut self, payment: Payment) {
        match self.payments.iter_mut().find(|known| known.who == payment.who) {
            Some(known) if payment.part.is_none() && known.part.is_some() => {}
            Some(known) if known.part.is_none() => *known = payment,
            _ => self.payments.push(payment),
        }
    }

    /// Adds an amount to the last payment.
    pub(crate) fn payment_more(&mut self, line: &Line) {
        let sum = |part: &Option<Value>| match (part, line.money()) {
            (Some(Value::Money(paid)), Some(more)) => paid.checked_add(more),
            _ => None,
        };
        let last = self.payments.last_mut();
        match last.and_then(|last| sum(&last.part).map(|sum| (last, sum))) {
            Some((last, sum)) if !last.each => last.part = Some(Value::Money(sum)),
            _ => self.ask(Remark::WhoPaidHowMuch),
        }
    }
}

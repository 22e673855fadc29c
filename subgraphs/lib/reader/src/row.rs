//! Lists of payments with their sum: "we bought a tent for 240: Ben 100, Dan 80 and I put in 60".

use crate::{
    context::Context,
    line::Line,
    piece::{Party, Who},
    role::Role,
};

impl Context<'_> {
    /// Whether the amount was paid by all, and the following lines say how much each person paid.
    pub(crate) fn is_sum_of_row(&self) -> bool {
        self.row_end(self.place).is_some()
    }

    /// Whether the line is in such a list.
    pub(crate) fn is_in_row(&self) -> bool {
        let begins = |head: usize| self.row_end(head).is_some_and(|end| end >= self.place);
        (self.place.saturating_sub(MOST_PAYERS)..self.place).any(begins)
    }

    /// The position of the last line of the list after this heading.
    fn row_end(&self, head: usize) -> Option<usize> {
        let all = |party: &Party| matches!(party.who, Who::We | Who::Everyone(_));
        let first = self.lines.get(head)?;
        let whole = first.money().filter(|_| first.verb == Some(Role::Paid) && !first.says(Role::Each))?;
        first.subject.as_ref().filter(|subject| all(subject))?;
        let mut sum = 0_i64;
        for (place, line) in self.lines.iter().enumerate().skip(head + 1).take(MOST_PAYERS) {
            sum = sum.checked_add(part(line)?)?;
            if sum >= whole {
                return (sum == whole && place > head + 1).then_some(place);
            }
        }
        None
    }
}

/// The maximum number of payers in a list.
const MOST_PAYERS: usize = 12;

/// The amount that one person paid, if the line states nothing else.
fn part(line: &Line) -> Option<i64> {
    let mut people = line.subject.iter().chain(&line.bare).chain(line.marked(&[Role::By]));
    let one = people.next().is_some_and(Party::is_one) && people.next().is_none();
    let plain = matches!(line.verb, None | Some(Role::Paid)) && !line.names_something() && !line.is_extra();
    line.money().filter(|_| one && plain)
}

//! Queries about a clause whose fields are filled.

use crate::{
    line::{Line, Sign},
    piece::{Party, Value, Who},
    role::Role,
};

impl Line {
    pub(crate) fn says(&self, role: Role) -> bool {
        self.says.contains(&role)
    }

    pub(crate) fn has(&self, sign: Sign) -> bool {
        self.signs.contains(&sign)
    }

    pub(crate) fn is_extra(&self) -> bool {
        self.extra().is_some()
    }

    /// The kind of extra: a tip, a tax or a discount.
    pub(crate) fn extra(&self) -> Option<Role> {
        [Role::Tip, Role::Tax, Role::Discount].into_iter().find(|role| self.says(*role))
    }

    pub(crate) fn names_something(&self) -> bool {
        self.words.iter().any(|word| word.content)
    }

    /// Whether the value is a part of a whole.
    pub(crate) fn has_portion(&self) -> bool {
        let part = |value: &Value| !matches!(value, Value::Money(_) | Value::Proportion(_));
        self.value.as_ref().is_some_and(part)
    }

    pub(crate) fn money(&self) -> Option<i64> {
        if let Some(Value::Money(minor)) = self.value { Some(minor) } else { None }
    }

    pub(crate) fn marked(&self, markers: &[Role]) -> impl Iterator<Item = &Party> {
        self.marked.iter().filter(|(marker, _)| markers.contains(marker)).map(|(_, party)| party)
    }

    /// Everybody who is mentioned in the line.
    pub(crate) fn parties(&self) -> impl Iterator<Item = &Party> {
        let marked = self.marked.iter().map(|(_, party)| party);
        self.subject.iter().chain(&self.bare).chain(&self.owned).chain(&self.than).chain(marked)
    }

    /// Whether people are mentioned, but none by name.
    pub(crate) fn names_groups(&self) -> bool {
        let group = |party: &Party| !matches!(party.who, Who::Named(_) | Who::Unclear);
        self.has_people() && self.parties().all(group)
    }

    /// Whether the line excludes these people.
    pub(crate) fn leaves_out(&self, people: &[usize]) -> bool {
        self.parties().any(|party| {
            matches!(&party.who, Who::Everyone(without) if people.iter().all(|person| without.contains(person)))
        })
    }

    /// Whether anybody is mentioned.
    pub(crate) fn has_people(&self) -> bool {
        self.subject.is_some() || !self.marked.is_empty() || !self.bare.is_empty() || self.owned.is_some()
    }

    /// Whether the line says whose the value is, or who had it.
    pub(crate) fn says_whose(&self) -> bool {
        self.verb.is_some() || !self.marked.is_empty() || self.owned.is_some() || self.says(Role::Only)
    }

    /// Whether the amount is a difference from an equal share.
    pub(crate) fn is_change(&self) -> bool {
        let differs = [Role::More, Role::Less, Role::Plus, Role::Minus].iter().any(|role| self.says(*role));
        differs && self.money().is_some() && self.has_people() && !self.says(Role::Total)
    }

    /// Whether the people had only this: "Ben only had a salad for 12".
    pub(crate) fn is_all_they_had(&self) -> bool {
        let had = matches!(self.verb, Some(Role::Had | Role::Got | Role::Owes | Role::Pays));
        had && self.says(Role::Only) && self.subject.is_some() && self.money().is_some()
    }

    /// Whether the amount is part of another one.
    pub(crate) fn is_part(&self) -> bool {
        self.is_all_they_had() || (self.has(Sign::Part) && self.has_people() && self.money().is_some())
    }

    /// Whether the thing belongs to one person alone: "9 of it is only Ben's shampoo".
    pub(crate) fn is_own_thing(&self) -> bool {
        let only = self.says(Role::Only) || self.marked(&[Role::Only]).next().is_some();
        let alone = self.marked(&[Role::Only]).any(|party| party.owner) && self.has(Sign::Part);
        alone || (self.names_something() && self.owned.is_some() && (only || self.has(Sign::Part)))
    }

    /// The people who take the rest. A number of people has priority: "the three of us, with Ben".
    pub(crate) fn rest_people(&self) -> Option<Party> {
        let counted = self.bare.iter().find(|party| matches!(party.who, Who::Count(_) | Who::Everyone(_)));
        counted.cloned().or_else(|| self.people())
    }

    /// The people whom the value belongs to.
    pub(crate) fn people(&self) -> Option<Party> {
        let marked = self.marked(&[Role::For, Role::Between, Role::Only, Role::With]).next();
        self.subject.as_ref().or(marked).or(self.bare.first()).or(self.owned.as_ref()).cloned()
    }
}

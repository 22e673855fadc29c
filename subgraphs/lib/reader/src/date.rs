//! Days: "yesterday", "last friday", "on the 3rd", `3.11.`, `2026-11-03`.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::{
    language::Meaning, lookup::Lookup, number::number, quantity::is_divided, remark::Remark, role::Role, words::Kind,
};

/// A day, or the question that decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    Known(NaiveDate),
    Unclear(Remark),
}

/// The date that starts here and its number of words. If `month_first`, `2/11` is in February.
pub(crate) fn date(lookup: &Lookup<'_>, at: usize, today: NaiveDate, month_first: bool) -> Option<(Day, usize)> {
    let calendar = Calendar { lookup, today, month_first };
    let lead = calendar.lead(at);
    let begin = at + lead;
    let plain = calendar
        .named(begin)
        .or_else(|| calendar.iso(begin))
        .or_else(|| calendar.with_month(begin))
        .or_else(|| calendar.with_slash(begin, lead > 0))
        .or_else(|| calendar.with_points(begin, lead > 0))
        .or_else(|| calendar.weekday_and_day(begin))
        .or_else(|| calendar.weekday(begin, lead > 0))
        .or_else(|| calendar.span(begin))
        .or_else(|| calendar.ordinal(begin).filter(|_| lead > 0));
    let (day, length) = plain?;
    let end = begin + length;
    match (day, calendar.span(end)) {
        // "Sonntag vor einer Woche"
        (Day::Known(day), Some((Day::Known(ago), more))) if ago < today => {
            let back = today.signed_duration_since(ago);
            Some((Day::Known(day.checked_sub_signed(back)?), lead + length + more))
        }
        (day, _) => Some((day, lead + length)),
    }
}

fn full_year(year: u32) -> Option<i32> {
    i32::try_from(if year < 100 { 2000 + year } else { year }).ok()
}

struct Calendar<'a> {
    lookup: &'a Lookup<'a>,
    today: NaiveDate,
    month_first: bool,
}

impl Calendar<'_> {
    /// The number of leading words that belong to a date.
    fn lead(&self, at: usize) -> usize {
        let Some(on) = self.lookup.is_role(at, Role::On) else { return 0 };
        let weekday = self.lookup.length_of(at + on, |meaning| matches!(meaning, Meaning::ShortWeekday(_)));
        on + if weekday.is_some() { 0 } else { self.filler(at + on) }
    }

    fn filler(&self, at: usize) -> usize {
        self.lookup.means(at, Meaning::Filler).unwrap_or(0)
    }

    fn named(&self, at: usize) -> Option<(Day, usize)> {
        let holiday = |meaning| if let Meaning::Holiday(month, day) = meaning { Some((month, day)) } else { None };
        if let Some(((month, day), length)) = self.lookup.find(at, holiday) {
            return Some((self.of(day, month, None)?, length));
        }
        let days = |meaning| if let Meaning::Day(days) = meaning { Some(days) } else { None };
        let (days, length) = self.lookup.find(at, days)?;
        Some((self.ago(-days)?, length))
    }

    fn ago(&self, days: i64) -> Option<Day> {
        self.today.checked_sub_signed(TimeDelta::try_days(days)?).map(Day::Known)
    }

    fn iso(&self, at: usize) -> Option<(Day, usize)> {
        let (year, month, day) = (self.digits(at)?, self.digits(at + 2)?, self.digits(at + 4)?);
        let marks = ['-', '/']
            .iter()
            .any(|mark| self.lookup.is_glued(at + 1, &[*mark]) && self.lookup.is_glued(at + 3, &[*mark]));
        if !marks || !(1900..2200).contains(&year) {
            return None;
        }
        let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        Some((Day::Known(day), 5))
    }

    /// "Nov 3", "3rd of November", "3. November 2026"
    fn with_month(&self, at: usize) -> Option<(Day, usize)> {
        if let Some((month, words)) = self.month(at) {
            // "im Jänner, am 11."
            let apart = usize::from(self.lookup.is_glued(at + words, &[',']));
            let words = words + self.lookup.is_role(at + words + apart, Role::On).map_or(0, |on| apart * (on + 1));
            let (day, length) = self.day_of_month(at + words)?;
            let end = words + length;
            let is_amount = self.followed_by_currency(at + end);
            let (year, more) = self.year(at + end);
            return if is_amount { None } else { self.of(day, month, year).map(|day| (day, end + more)) };
        }
        let (day, length) = self.day_of_month(at)?;
        let of = self.lookup.is_role(at + length, Role::On).or(self.lookup.is_role(at + length, Role::Of)).unwrap_or(0);
        let (month, words) = self.month(at + length + of)?;
        let end = length + of + words;
        let (year, more) = self.year(at + end);
        // "pizza 20 on May 3": the 20 is not part of the date.
        let on = self.lookup.is_role(at + length, Role::On).is_some_and(|on| on == of);
        if on && length == 1 && self.day_of_month(at + end).is_some() {
            return None;
        }
        // "24 Nov 13" is ambiguous: the amount can be 24 or 13.
        let other = self
            .day_of_month(at + end)
            .filter(|_| length == 1 && year.is_none() && !self.followed_by_currency(at + end + 1));
        if other.is_some() {
            return Some((Day::Unclear(Remark::WhichDay), end));
        }
        self.of(day, month, year).map(|day| (day, end + more))
    }

    fn month(&self, at: usize) -> Option<(u32, usize)> {
        let month = |meaning| if let Meaning::Month(month) = meaning { Some(month) } else { None };
        let (month, words) = self.lookup.find(at, month)?;
        let point = usize::from(self.lookup.is_glued(at + words, &['.']));
        Some((u32::try_from(month).ok()? + 1, words + point))
    }

    /// A day of the month: `3`, `3.`, `3rd` or "third".
    fn day_of_month(&self, at: usize) -> Option<(u32, usize)> {
        let ordinal = |meaning| if let Meaning::Ordinal(day) = meaning { Some(day) } else { None };
        if let Some(found) = self.lookup.find(at, ordinal) {
            return Some(found);
        }
        let day = self.digits(at).filter(|day| (1..=31).contains(day))?;
        let ending = self.lookup.is_role(at + 1, Role::Ordinal).filter(|_| self.lookup.words[at + 1].glued);
        Some((day, 1 + ending.unwrap_or(usize::from(self.lookup.is_glued(at + 1, &['.'])))))
    }

    /// An optional year, which a comma may precede.
    fn year(&self, at: usize) -> (Option<i32>, usize) {
        let comma = usize::from(self.lookup.is_glued(at, &[',']));
        let year = self.digits(at + comma).and_then(|year| i32::try_from(year).ok());
        let near = self.today.year() - 3..=self.today.year() + 1;
        match year.filter(|year| near.contains(year)) {
            Some(year) => (Some(year), comma + 1),
            None => (None, 0),
        }
    }

    /// `13/11` and `11/25/2026`. If both numbers can be the month, the order is asked about.
    fn with_slash(&self, at: usize, led: bool) -> Option<(Day, usize)> {
        let (first, second) = (self.digits(at)?, self.digits(at + 2)?);
        if !self.lookup.is_glued(at + 1, &['/'])
            || !self.lookup.words[at + 2].glued
            || first + second == 100
            || is_divided(self.lookup, at)
        {
            return None;
        }
        let year = self.digits(at + 4).filter(|_| self.lookup.is_glued(at + 3, &['/'])).and_then(full_year);
        // `1/2` is the fraction one half.
        if !led && year.is_none() && first < second && second <= 6 {
            return None;
        }
        let (day_first, month_first) = (self.of(first, second, year), self.of(second, first, year));
        let day = match (day_first, month_first) {
            (Some(_), Some(other)) if self.month_first => other,
            (Some(one), Some(other)) if one != other => Day::Unclear(Remark::DayOrMonth { first, second }),
            (one, other) => one.or(other)?,
        };
        Some((day, if year.is_some() { 5 } else { 3 }))
    }

    /// `3.11.` and `3.11.2026`. Without a preposition, `3.11` is an amount.
    fn with_points(&self, at: usize, led: bool) -> Option<(Day, usize)> {
        let word = self.lookup.words.get(at).filter(|word| word.kind == Kind::Number)?;
        let mut parts = word.text.split('.');
        let mut part = || parts.next()?.parse::<u32>().ok();
        let (day, month, year) = (part()?, part()?, part());
        let point = self.lookup.is_glued(at + 1, &['.']);
        let others = || (0..self.lookup.words.len()).any(|place| place != at && self.lookup.is_digits(place));
        let is_date = match year {
            Some(_) => [2, 4].contains(&word.text.rsplit('.').next().map_or(0, str::len)),
            None => led || (point && others()),
        };
        if parts.next().is_some() || self.followed_by_currency(at + 1) || !is_date {
            return None;
        }
        Some((self.of(day, month, year.and_then(full_year))?, 1 + usize::from(point)))
    }

    /// A weekday: "friday", "last friday", "friday last week".
    fn weekday(&self, at: usize, led: bool) -> Option<(Day, usize)> {
        let first = |at, roles: &[Role]| roles.iter().find_map(|role| Some((*role, self.lookup.is_role(at, *role)?)));
        let before = first(at, &[Role::LastWeek, Role::Next, Role::Last, Role::This, Role::BeforeLast]);
        let lead = before.map_or(0, |(_, words)| words);
        let is_before = |role| before.is_some_and(|(found, _)| found == role);
        let inner = if is_before(Role::LastWeek) { self.lead(at + lead) } else { 0 };
        let (name, words) = self.lookup.find(at + lead + inner, |meaning| match meaning {
            Meaning::Weekday(name) => Some(name),
            Meaning::ShortWeekday(name) if led || lead > 0 || self.heads(at) => Some(name),
            _ => None,
        })?;
        let length = lead + inner + words;
        let behind = first(at + length, &[Role::LastWeek, Role::BeforeLast]);
        let length = length + behind.map_or(0, |(_, words)| words);
        let is_said = |role| is_before(role) || behind.is_some_and(|(found, _)| found == role);
        let (today, day) = (i64::from(self.today.weekday().num_days_from_monday()), i64::try_from(name).ok()?);
        let ago = match (today - day).rem_euclid(7) {
            _ if is_said(Role::LastWeek) => today + 7 - day,
            0 if is_said(Role::Last) || is_said(Role::BeforeLast) => 7,
            ago => ago,
        };
        let ago = ago + if is_said(Role::BeforeLast) { 7 } else { 0 };
        let ahead = is_before(Role::Next) || (is_before(Role::This) && !led && day > today);
        Some((if ahead { Day::Unclear(Remark::WhichDay) } else { self.ago(ago)? }, length))
    }

    /// Whether the short name of a weekday, which can be a word, starts a line: "sat brunch 40", "mon. timber 20".
    fn heads(&self, at: usize) -> bool {
        let begins = at.checked_sub(1).is_none_or(|before| self.lookup.words[before].is('\n'));
        let thing = self.lookup.category(at + 1).is_some() && self.lookup.category(at).is_none();
        begins
            && (thing || self.lookup.is_glued(at + 1, &['.']) || self.lookup.means(at + 1, Meaning::Span(1)).is_some())
    }

    /// A weekday with a date, which must agree: "Thursday the 5th of February", "Do, 5.2.".
    fn weekday_and_day(&self, at: usize) -> Option<(Day, usize)> {
        let name = |meaning| match meaning {
            Meaning::Weekday(name) | Meaning::ShortWeekday(name) => Some(name),
            _ => None,
        };
        let (name, words) = self.lookup.find(at, name)?;
        let mut begin = at + words;
        begin += usize::from(self.lookup.words.get(begin).is_some_and(|word| word.is(',') || word.is('.')));
        begin += self.lookup.is_role(begin, Role::On).unwrap_or(0);
        begin += self.filler(begin);
        let (day, length) = self
            .iso(begin)
            .or_else(|| self.with_month(begin))
            .or_else(|| self.with_slash(begin, true))
            .or_else(|| self.with_points(begin, true))
            .or_else(|| self.ordinal(begin))?;
        let same = match &day {
            Day::Known(day) => day.weekday().num_days_from_monday() as usize == name,
            Day::Unclear(_) => true,
        };
        let day = if same { day } else { Day::Unclear(Remark::WhichDay) };
        Some((day, begin + length - at))
    }

    /// A number of days or weeks ago: "2 days ago", "a week ago", "vor drei Tagen".
    fn span(&self, at: usize) -> Option<(Day, usize)> {
        let before = self.lookup.is_role(at, Role::Before);
        let begin = before.unwrap_or(0);
        let (count, words) = match number(self.lookup, at + begin) {
            Some((number, words)) => (number.value?.integer()?, words),
            None => (1, Some(self.filler(at + begin)).filter(|words| *words > 0)?),
        };
        let span = |meaning| if let Meaning::Span(days) = meaning { Some(days) } else { None };
        let (days, more) = self.lookup.find(at + begin + words, span)?;
        let end = begin + words + more;
        let after = self.lookup.is_role(at + end, Role::Ago);
        if before.is_none() && after.is_none() {
            return None;
        }
        let days = i64::try_from(count).ok()?.checked_mul(days).filter(|days| *days < 5_000)?;
        // "two weeks ago today", "gestern vor einer Woche"
        let from = |meaning| if let Meaning::Day(from @ ..=0) = meaning { Some(-from) } else { None };
        let end = end + after.unwrap_or(0);
        let (more, words) = self.lookup.find(at + end, from).unwrap_or((0, 0));
        Some((self.ago(days + more)?, end + words))
    }

    /// The latest day with this number that is not in the future: "on the 3rd".
    fn ordinal(&self, at: usize) -> Option<(Day, usize)> {
        let (day, length) = self.day_of_month(at)?;
        if self.lookup.words[at].kind == Kind::Number && length == 1 {
            return None;
        }
        let mut first = self.today.with_day(1)?;
        for _ in 0..3 {
            if let Some(date) = first.with_day(day)
                && date <= self.today
            {
                return Some((Day::Known(date), length));
            }
            first = first.pred_opt()?.with_day(1)?;
        }
        None
    }

    /// The given day and month; without a year, the latest such day that is not in the future.
    fn of(&self, day: u32, month: u32, year: Option<i32>) -> Option<Day> {
        if let Some(year) = year {
            return NaiveDate::from_ymd_opt(year, month, day).map(Day::Known);
        }
        // 29 February occurs at least once in any eight years.
        let years = (0..=8).map(|back| self.today.year() - back);
        let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        days.find(|day| *day <= self.today).map(Day::Known)
    }

    fn digits(&self, at: usize) -> Option<u32> {
        let word = self.lookup.words.get(at).filter(|word| word.kind == Kind::Number && word.text.len() <= 4)?;
        word.text.parse().ok()
    }

    fn followed_by_currency(&self, at: usize) -> bool {
        let unit = |meaning| matches!(meaning, Meaning::Currency(_) | Meaning::Cents | Meaning::Role(Role::Percent));
        self.lookup.length_of(at, unit).is_some()
    }
}

//! How a person wants to hear of notifications by mail and on devices: of what, how soon, and not at night.

mod operations;
mod store;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use contracts::{GroupId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

pub(crate) use operations::Preferences;

/// When the daily mail is sent, in the person's time zone.
const DAILY_AT: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// How times of day are written.
const TIME_OF_DAY: &str = "%H:%M";

/// What notifications are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Expenses,
    Comments,
    Payments,
    Reminders,
    Members,
    Budgets,
    Friends,
    Imports,
}

/// How soon a notification is mailed. The greater of two is the rarer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Frequency {
    AtOnce,
    /// With others, once a day.
    Daily,
    Never,
}

/// The part of each day in which a person is not disturbed. It may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct QuietHours {
    from: NaiveTime,
    to: NaiveTime,
}

/// What one person has chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Preference {
    #[serde(rename = "_id")]
    user: UserId,
    /// Whether the person wants no mail at all.
    #[serde(default)]
    pub(crate) is_off: bool,
    /// What is not as usual, by [`Kind::key`].
    #[serde(default)]
    kinds: BTreeMap<String, Frequency>,
    /// Whether a kind is shown on devices, by [`Kind::key`]; usually it is.
    #[serde(default)]
    on_devices: BTreeMap<String, bool>,
    /// By the id of the group.
    #[serde(default)]
    groups: BTreeMap<String, Frequency>,
    #[serde(default)]
    pub(crate) quiet: Option<QuietHours>,
}

/// A change of a preference; what is left out stays as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct PreferenceEdit {
    pub(crate) is_off: Option<bool>,
    pub(crate) kinds: Vec<(Kind, Frequency)>,
    /// Whether a kind is shown on devices.
    pub(crate) on_devices: Vec<(Kind, bool)>,
    /// `None` removes what was chosen for the group.
    pub(crate) groups: Vec<(GroupId, Option<Frequency>)>,
    /// `Some(None)` removes the quiet hours.
    #[allow(clippy::option_option, reason = "clients distinguish an absent field from null")]
    pub(crate) quiet: Option<Option<QuietHours>>,
}

impl Kind {
    /// Every kind.
    pub(crate) const ALL: [Self; 8] = [
        Self::Expenses,
        Self::Comments,
        Self::Payments,
        Self::Reminders,
        Self::Members,
        Self::Budgets,
        Self::Friends,
        Self::Imports,
    ];

    /// The kind of a notification about an event such as `expense.created`.
    pub(crate) fn of(event: &str) -> Self {
        match event.split_once('.') {
            Some(("expense", "commented")) => Self::Comments,
            Some(("expense", _)) => Self::Expenses,
            Some(("payment", "reminded")) => Self::Reminders,
            Some(("payment", _)) => Self::Payments,
            Some(("budget", _)) => Self::Budgets,
            Some(("friendship", _)) => Self::Friends,
            Some(("import", _)) => Self::Imports,
            _ => Self::Members,
        }
    }

    /// Its name in stored documents.
    fn key(self) -> &'static str {
        match self {
            Self::Expenses => "expenses",
            Self::Comments => "comments",
            Self::Payments => "payments",
            Self::Reminders => "reminders",
            Self::Members => "members",
            Self::Budgets => "budgets",
            Self::Friends => "friends",
            Self::Imports => "imports",
        }
    }

    /// How soon who has chosen nothing is told.
    fn usual(self) -> Frequency {
        match self {
            Self::Expenses | Self::Budgets => Frequency::Daily,
            Self::Comments | Self::Payments | Self::Reminders | Self::Members | Self::Friends | Self::Imports => {
                Frequency::AtOnce
            }
        }
    }
}

impl QuietHours {
    /// Reads times such as "22:00"; refuses what is no time, and a part of the day without length.
    pub(crate) fn new(from: &str, to: &str) -> Result<Self, Refusal> {
        let time = |text: &str| NaiveTime::parse_from_str(text, TIME_OF_DAY).map_err(|_| Refusal::QuietHours);
        let (from, to) = (time(from)?, time(to)?);
        if from == to { Err(Refusal::QuietHours) } else { Ok(Self { from, to }) }
    }

    /// When they begin, such as "22:00".
    pub(crate) fn from(self) -> String {
        self.from.format(TIME_OF_DAY).to_string()
    }

    /// When they end.
    pub(crate) fn to(self) -> String {
        self.to.format(TIME_OF_DAY).to_string()
    }

    /// This moment, or the end of the quiet hours that it falls into.
    fn end(self, moment: Timestamp, zone: Tz) -> Timestamp {
        let time = local(moment, zone).time();
        let is_quiet = if self.from < self.to {
            (self.from..self.to).contains(&time)
        } else {
            time >= self.from || time < self.to
        };
        if is_quiet { next(zone, moment, self.to) } else { moment }
    }
}

impl Preference {
    /// What holds for who has chosen nothing.
    fn usual(user: UserId) -> Self {
        Self {
            user,
            is_off: false,
            kinds: BTreeMap::new(),
            on_devices: BTreeMap::new(),
            groups: BTreeMap::new(),
            quiet: None,
        }
    }

    /// How soon notifications of a kind are mailed.
    pub(crate) fn of_kind(&self, kind: Kind) -> Frequency {
        self.kinds.get(kind.key()).copied().unwrap_or_else(|| kind.usual())
    }

    /// Whether notifications of a kind are shown on devices.
    pub(crate) fn is_on_devices(&self, kind: Kind) -> bool {
        self.on_devices.get(kind.key()).copied().unwrap_or(true)
    }

    /// The groups for which something was chosen.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (GroupId, Frequency)> {
        self.groups.iter().filter_map(|(group, frequency)| Some((group.parse().ok()?, *frequency)))
    }

    fn of_group(&self, group: Option<GroupId>) -> Option<Frequency> {
        self.groups.get(&group?.to_string()).copied()
    }

    /// From when on a notification that was made `since` then may be mailed, looked at now; `None` for never. Of what was
    /// chosen for its kind and for its group, the rarer counts.
    pub(crate) fn moment(
        &self,
        (kind, group): (Kind, Option<GroupId>),
        since: Timestamp,
        now: Timestamp,
        zone: Tz,
    ) -> Option<Timestamp> {
        let of_group = self.of_group(group).unwrap_or(Frequency::AtOnce);
        let moment = match self.of_kind(kind).max(of_group) {
            _ if self.is_off => return None,
            Frequency::Never => return None,
            Frequency::AtOnce => now,
            Frequency::Daily => next(zone, since, DAILY_AT).max(now),
        };
        Some(self.quiet.map_or(moment, |quiet| quiet.end(moment, zone)))
    }

    /// From when on a notification may be shown on devices, looked at now; `None` for never. A group that is never mailed
    /// about is silent here too.
    pub(crate) fn moment_on_devices(
        &self,
        (kind, group): (Kind, Option<GroupId>),
        now: Timestamp,
        zone: Tz,
    ) -> Option<Timestamp> {
        let is_wanted = self.is_on_devices(kind) && self.of_group(group) != Some(Frequency::Never);
        is_wanted.then(|| self.quiet.map_or(now, |quiet| quiet.end(now, zone)))
    }
}

fn local(moment: Timestamp, zone: Tz) -> DateTime<Tz> {
    DateTime::from_timestamp(moment.unix_seconds(), 0).unwrap_or_default().with_timezone(&zone)
}

/// The next time after a moment that clocks in this zone show this time of day.
fn next(zone: Tz, after: Timestamp, time: NaiveTime) -> Timestamp {
    let days = local(after, zone).date_naive().iter_days().take(3);
    let mut moments = days.filter_map(|day| {
        let shown = day.and_time(time);
        // A time that is skipped when clocks go forward comes an hour later.
        let skipped = || zone.from_local_datetime(&(shown + TimeDelta::hours(1))).earliest();
        zone.from_local_datetime(&shown).earliest().or_else(skipped)
    });
    moments.find_map(|moment| Some(Timestamp::from(moment.to_utc())).filter(|moment| *moment > after)).unwrap_or(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIENNA: Tz = chrono_tz::Europe::Vienna;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn preference() -> (Preference, GroupId) {
        (Preference::usual(UserId::new()), GroupId::new())
    }

    #[test]
    fn of_kind_and_group_the_rarer_counts() {
        let (mut chosen, group) = preference();
        let now = at("2026-11-22T09:00:00Z");
        let moment = |chosen: &Preference, kind| chosen.moment((kind, Some(group)), now, now, VIENNA);
        assert_eq!(moment(&chosen, Kind::Payments), Some(now));
        assert_eq!(moment(&chosen, Kind::Expenses), Some(at("2026-11-23T07:00:00Z")));
        chosen.groups.insert(group.to_string(), Frequency::Daily);
        assert_eq!(moment(&chosen, Kind::Payments), Some(at("2026-11-23T07:00:00Z")));
        chosen.kinds.insert("payments".to_owned(), Frequency::Never);
        assert_eq!(moment(&chosen, Kind::Payments), None);
        assert!(moment(&chosen, Kind::Comments).is_some());
        chosen.is_off = true;
        assert_eq!(moment(&chosen, Kind::Comments), None);
    }

    #[test]
    fn devices_show_what_is_wanted_outside_the_quiet_hours() {
        let (mut chosen, group) = preference();
        let night = at("2026-11-22T22:00:00Z");
        let moment = |chosen: &Preference, kind| chosen.moment_on_devices((kind, Some(group)), night, VIENNA);
        assert_eq!(moment(&chosen, Kind::Expenses), Some(night), "at once, although mail is daily");
        chosen.is_off = true;
        assert_eq!(moment(&chosen, Kind::Expenses), Some(night), "also without mail");
        chosen.on_devices.insert("expenses".to_owned(), false);
        assert_eq!(moment(&chosen, Kind::Expenses), None);
        chosen.quiet = Some(QuietHours::new("22:00", "07:00").unwrap());
        assert_eq!(moment(&chosen, Kind::Payments), Some(at("2026-11-23T06:00:00Z")));
        chosen.groups.insert(group.to_string(), Frequency::Never);
        assert_eq!(moment(&chosen, Kind::Payments), None);
    }

    #[test]
    fn the_daily_mail_comes_at_eight_where_the_person_is() {
        let (chosen, group) = preference();
        let moment = |since, zone| chosen.moment((Kind::Expenses, Some(group)), at(since), at(since), zone).unwrap();
        assert_eq!(moment("2026-11-22T06:59:00Z", VIENNA), at("2026-11-22T07:00:00Z"));
        assert_eq!(moment("2026-11-22T07:00:00Z", VIENNA), at("2026-11-23T07:00:00Z"));
        assert_eq!(moment("2026-06-22T05:59:00Z", VIENNA), at("2026-06-22T06:00:00Z"), "in summer");
        assert_eq!(moment("2026-11-22T09:00:00Z", chrono_tz::Pacific::Kiritimati), at("2026-11-22T18:00:00Z"));
        let late = chosen.moment(
            (Kind::Expenses, Some(group)),
            at("2026-11-22T06:00:00Z"),
            at("2026-11-24T10:00:00Z"),
            VIENNA,
        );
        assert_eq!(late, Some(at("2026-11-24T10:00:00Z")), "a mail that is late is not put off to the next day");
    }

    #[test]
    fn quiet_hours_end_in_the_morning_also_when_clocks_change() {
        let night = QuietHours::new("22:00", "07:00").unwrap();
        assert_eq!(night.end(at("2026-11-22T20:59:00Z"), VIENNA), at("2026-11-22T20:59:00Z"));
        assert_eq!(night.end(at("2026-11-22T21:00:00Z"), VIENNA), at("2026-11-23T06:00:00Z"));
        assert_eq!(night.end(at("2026-11-23T05:59:00Z"), VIENNA), at("2026-11-23T06:00:00Z"));
        assert_eq!(night.end(at("2026-11-23T06:00:00Z"), VIENNA), at("2026-11-23T06:00:00Z"));
        let lunch = QuietHours::new("12:00", "13:30").unwrap();
        assert_eq!(lunch.end(at("2026-11-22T11:10:00Z"), VIENNA), at("2026-11-22T12:30:00Z"));
        // 02:30 does not exist on the night when summer begins.
        let early = QuietHours::new("00:00", "02:30").unwrap();
        assert_eq!(early.end(at("2026-03-29T00:10:00Z"), VIENNA), at("2026-03-29T01:30:00Z"));
    }

    #[test]
    fn what_is_no_time_of_day_is_refused() {
        for (from, to) in [("22:00", "22:00"), ("", "07:00"), ("24:00", "07:00"), ("22", "7"), ("22:00", "seven")] {
            assert_eq!(QuietHours::new(from, to), Err(Refusal::QuietHours), "{from} {to}");
        }
        let night = QuietHours::new("22:00", "07:30").unwrap();
        assert_eq!((night.from(), night.to()), ("22:00".to_owned(), "07:30".to_owned()));
    }

    #[test]
    fn every_event_has_a_kind() {
        let kinds = [
            "expense.created",
            "expense.commented",
            "payment.voided",
            "payment.reminded",
            "budget.near",
            "friendship.began",
            "import.finished",
        ];
        let expected = [
            Kind::Expenses,
            Kind::Comments,
            Kind::Payments,
            Kind::Reminders,
            Kind::Budgets,
            Kind::Friends,
            Kind::Imports,
        ];
        assert_eq!(kinds.map(Kind::of), expected);
        assert_eq!(Kind::of("group.member_joined"), Kind::Members);
    }
}

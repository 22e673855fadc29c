//! The API of how a person wants to hear of notifications by mail and on devices.

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use kit::{
    Outcome,
    graphql::{data, read_id, request},
};

use super::{
    loaders::Loaders,
    reference::{Group, by_group},
};
use crate::{
    delivery::Channel,
    preference::{self, Preference, PreferenceEdit},
    refusal::Refusal,
    services::Services,
};

/// What notifications are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "preference::Kind")]
pub(super) enum NotificationKind {
    /// An expense that the person has a part in was entered, changed, deleted or restored.
    Expenses,
    /// Somebody commented on an expense that the person has a part in, or mentioned the person.
    Comments,
    /// A payment from or to the person was recorded, changed, confirmed or disputed.
    Payments,
    /// Somebody who is owed reminds the person.
    Reminders,
    /// Somebody added the person to a group, or takes the place of a guest.
    Members,
    /// A budget is spent to 80% or 100%.
    Budgets,
    /// Somebody wants to be friends, or accepts to be.
    Friends,
    /// An import of the person has ended.
    Imports,
}

/// How soon a notification is mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "preference::Frequency")]
pub(super) enum MailFrequency {
    /// Within a minute or two, together with what happens meanwhile.
    AtOnce,
    /// In one mail a day, at 8 in the morning.
    Daily,
    /// Not at all.
    Never,
}

/// How the caller hears of notifications by mail and on devices. Of what is set for a kind and for a group, the rarer
/// counts.
#[derive(SimpleObject)]
pub(super) struct NotificationSettings {
    /// Whether this installation sends mail at all.
    mail_is_set_up: bool,
    /// Whether the caller gets mail about notifications; false after its end was asked for by the link in a mail.
    mail_is_on: bool,
    /// The key with which browsers register for notifications (Web Push, VAPID); null if this installation has none.
    push_key: Option<String>,
    /// How many devices of the caller are registered for notifications.
    push_devices: usize,
    /// Every kind of notification.
    kinds: Vec<KindSetting>,
    /// The caller's groups for which something was set.
    groups: Vec<GroupSetting>,
    /// The part of each day without mail and without notifications on devices, in the caller's time zone.
    quiet_hours: Option<QuietHours>,
}

/// How a kind of notification is told.
#[derive(SimpleObject)]
pub(super) struct KindSetting {
    /// The kind.
    kind: NotificationKind,
    /// How soon it is mailed.
    frequency: MailFrequency,
    /// Whether it is shown on devices.
    on_devices: bool,
}

/// How soon notifications of a group are mailed, at the most. With NEVER, they are not shown on devices either.
#[derive(SimpleObject)]
pub(super) struct GroupSetting {
    /// The group.
    group: Group,
    /// How soon.
    frequency: MailFrequency,
}

/// A part of each day. It may go over midnight.
#[derive(SimpleObject)]
pub(super) struct QuietHours {
    /// When it begins, such as "22:00".
    from: String,
    /// When it ends.
    to: String,
}

/// How a kind of notification is to be told; what is left out stays as it is.
#[derive(InputObject)]
pub(super) struct KindSettingInput {
    kind: NotificationKind,
    /// How soon it is mailed.
    frequency: Option<MailFrequency>,
    /// Whether it is shown on devices.
    on_devices: Option<bool>,
}

/// How soon notifications of a group are to be mailed, at the most. With NEVER, they are not shown on devices either.
#[derive(InputObject)]
pub(super) struct GroupSettingInput {
    group_id: ID,
    /// Null if the group has no say.
    frequency: Option<MailFrequency>,
}

/// A part of each day without mail and without notifications on devices.
#[derive(InputObject)]
pub(super) struct QuietHoursInput {
    /// When it begins, such as "22:00".
    from: String,
    /// When it ends.
    to: String,
}

/// A change of how the caller hears of notifications; what is left out stays as it is.
#[derive(InputObject)]
pub(super) struct SetNotificationSettingsInput {
    mail_is_on: Option<bool>,
    #[graphql(default)]
    kinds: Vec<KindSettingInput>,
    #[graphql(default)]
    groups: Vec<GroupSettingInput>,
    /// Null removes them.
    quiet_hours: MaybeUndefined<QuietHoursInput>,
}

impl SetNotificationSettingsInput {
    fn read(self) -> Outcome<PreferenceEdit> {
        let frequency = |set: &KindSettingInput| Some((set.kind.into(), set.frequency?.into()));
        let on_devices = |set: &KindSettingInput| Some((set.kind.into(), set.on_devices?));
        let kinds = self.kinds.iter().filter_map(frequency).collect();
        let on_devices = self.kinds.iter().filter_map(on_devices).collect();
        let group = |set: GroupSettingInput| -> Outcome<_> {
            Ok((read_id(&set.group_id, Refusal::GroupNotFound)?, set.frequency.map(Into::into)))
        };
        let quiet = match self.quiet_hours {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(hours) => Some(Some(preference::QuietHours::new(&hours.from, &hours.to)?)),
        };
        let groups = self.groups.into_iter().map(group).collect::<Outcome<_>>()?;
        Ok(PreferenceEdit { is_off: self.mail_is_on.map(|is_on| !is_on), kinds, on_devices, groups, quiet })
    }
}

#[derive(Default)]
pub(super) struct PreferenceQuery;

#[Object]
impl PreferenceQuery {
    /// How the caller hears of notifications by mail and on devices.
    async fn notification_settings(&self, ctx: &Context<'_>) -> Outcome<NotificationSettings> {
        let (services, caller) = request::<Services>(ctx)?;
        let chosen = services.preferences.of(caller.user()?).await?;
        shown(ctx, &chosen).await
    }
}

#[derive(Default)]
pub(super) struct PreferenceMutation;

#[Object]
impl PreferenceMutation {
    /// Changes how the caller hears of notifications by mail and on devices.
    async fn set_notification_settings(
        &self,
        ctx: &Context<'_>,
        input: SetNotificationSettingsInput,
    ) -> Outcome<NotificationSettings> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let chosen = services.preferences.change(caller, &input.read()?).await?;
        shown(ctx, &chosen).await
    }
}

pub(super) async fn shown(ctx: &Context<'_>, chosen: &Preference) -> Outcome<NotificationSettings> {
    let (services, caller) = request::<Services>(ctx)?;
    let push = &services.pushes.channel;
    let memberships = by_group(&data::<Loaders>(ctx)?.own_memberships(caller.user()?).await?);
    let group = |(group, frequency): (_, preference::Frequency)| {
        Some(GroupSetting { group: Group(*memberships.get(&group)?), frequency: frequency.into() })
    };
    let kind = |kind: preference::Kind| KindSetting {
        kind: kind.into(),
        frequency: chosen.of_kind(kind).into(),
        on_devices: chosen.is_on_devices(kind),
    };
    Ok(NotificationSettings {
        mail_is_set_up: services.mails.channel.is_set_up(),
        mail_is_on: !chosen.is_off,
        push_key: push.public_key().map(str::to_owned),
        push_devices: push.count(caller.user()?).await?,
        kinds: preference::Kind::ALL.into_iter().map(kind).collect(),
        groups: chosen.groups().filter_map(group).collect(),
        quiet_hours: chosen.quiet.map(|quiet| QuietHours { from: quiet.from(), to: quiet.to() }),
    })
}

//! Rate limits per address for operations that are expensive or could be used to guess secrets.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use hive_router::{
    async_trait,
    http::StatusCode,
    plugins::{
        hooks::{
            on_graphql_analysis::{OnGraphqlAnalysisHookPayload, OnGraphqlAnalysisHookResult},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::RouterPlugin,
    },
};

use super::{
    address::ClientAddress,
    operation::{refuse, root_fields},
};
use crate::settings::Limits;

/// Above this number of addresses, a limiter removes those whose quota is full again.
const FORGETS_ABOVE: usize = 10_000;

/// Root fields that share one rate limit.
struct Limited {
    fields: &'static [&'static str],
    addresses: DefaultKeyedRateLimiter<IpAddr>,
}

/// Allows one rate-limited field per operation, and a limited number per address and minute.
pub(super) struct BoundedRates {
    limited: [Limited; 4],
}

#[async_trait]
impl RouterPlugin for BoundedRates {
    type Config = Limits;

    fn plugin_name() -> &'static str {
        "bounded_rates"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        let limits = payload.config()?;
        payload.initialize_plugin(Self::new(&limits))
    }

    async fn on_graphql_analysis<'exec>(
        &'exec self,
        payload: &mut OnGraphqlAnalysisHookPayload<'exec>,
    ) -> OnGraphqlAnalysisHookResult {
        let address = payload.context.get_ref::<ClientAddress>().map(|address| address.0);
        let asked: Vec<&str> = root_fields(payload.filtered_operation_for_plan).collect();
        match self.judge(&asked, address) {
            Judgement::Fine => OnGraphqlAnalysisHookResult::Proceed,
            Judgement::TwoAtOnce => {
                let sentence = "Log in, register, reset a password or look at an invitation in a request of its own.";
                refuse(sentence, "VALIDATION", StatusCode::BAD_REQUEST)
            }
            Judgement::TooOften => {
                refuse("Too many tries. Try again in a minute.", "RATE_LIMITED", StatusCode::TOO_MANY_REQUESTS)
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Judgement {
    Fine,
    TwoAtOnce,
    TooOften,
}

impl BoundedRates {
    fn new(limits: &Limits) -> Self {
        let per_minute =
            |fields, number: NonZeroU32| Limited { fields, addresses: RateLimiter::keyed(Quota::per_minute(number)) };
        Self {
            limited: [
                per_minute(&["register"], limits.registrations_per_minute),
                per_minute(&["login"], limits.logins_per_minute),
                per_minute(&["requestPasswordReset", "resetPassword"], limits.password_resets_per_minute),
                per_minute(&["invite"], limits.invite_views_per_minute),
            ],
        }
    }

    fn judge(&self, asked: &[&str], address: Option<IpAddr>) -> Judgement {
        let limited = |field: &&str| self.limited.iter().find(|limited| limited.fields.contains(field));
        let mut found = asked.iter().filter_map(limited);
        match (found.next(), found.next(), address) {
            (None, ..) | (Some(_), None, None) => Judgement::Fine,
            (Some(_), Some(_), _) => Judgement::TwoAtOnce,
            (Some(limited), None, Some(address)) if limited.allows(address) => Judgement::Fine,
            _ => Judgement::TooOften,
        }
    }
}

impl Limited {
    fn allows(&self, address: IpAddr) -> bool {
        if self.addresses.len() > FORGETS_ABOVE {
            self.addresses.retain_recent();
        }
        self.addresses.check_key(&network(address)).is_ok()
    }
}

/// Returns the address to count under. For IPv6 it is the /64 network, because a client with one address usually
/// controls all 2^64 of them.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::settings::Settings;

    const HERE: [u8; 4] = [192, 0, 2, 1];
    const THERE: [u8; 4] = [192, 0, 2, 2];

    fn rates() -> BoundedRates {
        let flags = ["router", "--logins-per-minute", "2", "--password-resets-per-minute", "1"];
        BoundedRates::new(&Settings::parse_from(flags).limits)
    }

    #[test]
    fn addresses_are_limited_separately() {
        let rates = rates();
        let log_in = |address: [u8; 4]| rates.judge(&["login"], Some(address.into()));
        assert_eq!([log_in(HERE), log_in(HERE), log_in(HERE)], [Judgement::Fine, Judgement::Fine, Judgement::TooOften]);
        assert_eq!(log_in(THERE), Judgement::Fine);
        assert_eq!(rates.judge(&["invite"], Some(HERE.into())), Judgement::Fine);
    }

    #[test]
    fn requesting_and_doing_a_reset_share_a_limit() {
        let rates = rates();
        assert_eq!(rates.judge(&["requestPasswordReset"], Some(HERE.into())), Judgement::Fine);
        assert_eq!(rates.judge(&["resetPassword"], Some(HERE.into())), Judgement::TooOften);
    }

    #[test]
    fn an_operation_has_at_most_one_rate_limited_field() {
        assert_eq!(rates().judge(&["login", "login"], None), Judgement::TwoAtOnce);
        assert_eq!(rates().judge(&["invite", "register"], None), Judgement::TwoAtOnce);
        assert_eq!(rates().judge(&["me", "invite", "groups", "groups"], None), Judgement::Fine);
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() {
        let address = |text: &str| network(text.parse().unwrap());
        assert_eq!(address("2001:db8::1"), address("2001:db8::ffff:0:0:1"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
    }
}

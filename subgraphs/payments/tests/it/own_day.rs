//! "Today" is the caller's own date: at the same moment the date in Kiritimati is two days after that in Pago Pago.

use chrono::{Months, NaiveDate};
use chrono_tz::Tz;
use kit::{Clock, testing::resources};
use serde_json::json;

use crate::{
    fixture::{Fixture, RECORD, config},
    shop::Shop,
};

const MOMENT: &str = "2026-11-22T10:30:00Z";

/// Time zones with their date at that moment.
const PLACES: [(Tz, &str); 3] =
    [(Tz::Pacific__Kiritimati, "2026-11-23"), (Tz::UTC, "2026-11-22"), (Tz::Pacific__Pago_Pago, "2026-11-21")];

const EDIT: &str = "mutation($input: EditPaymentInput!) { editPayment(input: $input) { version date } }";

#[tokio::test]
async fn a_payment_defaults_to_the_callers_own_day() {
    let mut resources = resources::<payments::Services>(config()).await;
    resources.clock = Clock::standing_at(MOMENT.parse().unwrap());
    let fixture = Fixture::over(resources);
    for (zone, today) in PLACES {
        let caller = fixture.caller(0).in_time_zone(zone);
        let input = json!({ "input": fixture.cash(today) });
        let payment = fixture.subgraph.data(&caller, RECORD, input).await["recordPayment"].take();
        assert_eq!(payment["date"], today, "{zone}");

        let last = today.parse::<NaiveDate>().unwrap() + Months::new(12);
        let mut edit = json!({ "id": payment["id"], "expectedVersion": 1, "date": last.to_string() });
        let edited = fixture.subgraph.data(&caller, EDIT, json!({ "input": edit })).await["editPayment"].take();
        assert_eq!(edited, json!({ "version": 2, "date": last.to_string() }), "{zone}");
        edit["expectedVersion"] = 2.into();
        edit["date"] = last.succ_opt().unwrap().to_string().into();
        let answer = fixture.subgraph.ask(&caller, EDIT, json!({ "input": edit })).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], "input.date", "{zone}: {answer:#}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_card_payment_has_the_payers_own_day() {
    let shop = Shop::open().await;
    let now = shop.fixture.subgraph.resources.clock.now();
    for (zone, _) in PLACES {
        let caller = shop.fixture.caller(1).in_time_zone(zone);
        let answer = shop.try_to_start(&caller, shop.input(zone.name())).await;
        assert_eq!(answer["data"]["startCardPayment"]["payment"]["date"], now.date_in(&zone).to_string(), "{answer:#}");
    }
    shop.close().await;
}

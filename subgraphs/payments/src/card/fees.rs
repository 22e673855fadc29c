//! What a payment by card costs its payer beside the amount: set by the operator.

use money::{Amount, Currency};

use super::{decimals, units};
use crate::{config::FixedFees, refusal::Refusal};

const BASIS_POINTS: i128 = 10_000;

/// What the operator adds to an amount.
#[derive(Clone, Debug)]
pub(super) struct Fees {
    pub(super) basis_points: u16,
    pub(super) fixed: FixedFees,
}

impl Fees {
    /// Returns the fee of a payment, rounded up to what Stripe can charge; refuses what Stripe cannot charge.
    pub(super) fn of(&self, amount: Amount) -> Result<Amount, Refusal> {
        let (currency, step) = (amount.currency, i128::from(step(amount.currency)));
        let fixed = self.fixed.of(currency);
        let part = i128::from(amount.minor) * i128::from(self.basis_points);
        let fee = (part + i128::from(fixed) * BASIS_POINTS).max(0);
        let fee = fee.div_euclid(BASIS_POINTS * step) + i128::from(fee.rem_euclid(BASIS_POINTS * step) > 0);
        let fee = Amount::new(i64::try_from(fee * step).map_err(|_| Refusal::NotByCard)?, currency);
        units(total(amount, fee)?)?;
        Ok(fee)
    }
}

/// Returns what the payer pays.
pub(super) fn total(amount: Amount, fee: Amount) -> Result<Amount, Refusal> {
    amount.checked_add(fee).map_err(|_| Refusal::NotByCard)
}

/// Returns the smallest difference between two amounts that Stripe can charge, in minor units.
fn step(currency: Currency) -> i64 {
    let (ours, theirs) = (currency.exponent(), decimals(currency));
    if theirs == 3 { 10 } else { 10_i64.pow(ours.saturating_sub(theirs)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_is_a_part_and_a_fixed_amount_rounded_up_to_what_can_be_charged() {
        let fees = Fees { basis_points: 150, fixed: "EUR:25, KWD:101,JPY:0".parse().unwrap() };
        let table = [
            ("EUR", 30_00, Some(70)),
            ("EUR", 1, Some(26)),
            ("EUR", 2_00, Some(28)),
            ("USD", 10_00, Some(15)),
            ("USD", 10_01, Some(16)),
            ("JPY", 1_000, Some(15)),
            ("KWD", 1_000, Some(120)),
            ("KWD", 1_001, None),
            ("MGA", 50_000, Some(800)),
            ("EUR", i64::MAX, None),
        ];
        for (code, minor, fee) in table {
            let amount = Amount::new(minor, Currency::from_code(code).unwrap());
            assert_eq!(fees.of(amount).ok().map(|fee| fee.minor), fee, "{code} {minor}");
        }
    }

    #[test]
    fn without_settings_there_is_no_fee() {
        let fees = Fees { basis_points: 0, fixed: "".parse().unwrap() };
        assert_eq!(fees.of(Amount::new(30_00, Currency::from_code("EUR").unwrap())).unwrap().minor, 0);
    }
}

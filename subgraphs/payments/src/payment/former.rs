//! What former members may still record: payments that settle their own balance.

use contracts::MemberId;
use money::ledger::Nets;

use super::NewPayment;
use crate::refusal::Refusal;

/// Refuses a payment that does not bring the balance of this former member closer to zero, or that overshoots zero.
pub(super) fn check_settles(new: &NewPayment, own: MemberId, nets: &Nets<MemberId>) -> Result<(), Refusal> {
    let net = nets.get(&(own, new.amount.currency)).copied().unwrap_or(0);
    let open = if new.from == own {
        net.checked_neg()
    } else if new.to == own {
        Some(net)
    } else {
        return Err(Refusal::OnlyOwnBalance { field: "input.fromMemberId" });
    };
    let settles = open.is_some_and(|open| new.amount.minor <= open);
    if settles { Ok(()) } else { Err(Refusal::OnlyOwnBalance { field: "input.amount.amount" }) }
}

#[cfg(test)]
mod tests {
    use contracts::GroupId;
    use money::{Amount, Currency};

    use super::*;
    use crate::payment::Method;

    #[test]
    fn only_payments_that_settle_the_own_balance_pass() {
        let (own, other, third) = (MemberId::new(), MemberId::new(), MemberId::new());
        let (eur, usd) = (Currency::from_code("EUR").unwrap(), Currency::from_code("USD").unwrap());
        let nets = Nets::from([((own, eur), -30_00), ((other, eur), 30_00), ((own, usd), 5_00), ((other, usd), -5_00)]);
        let table = [
            (own, other, 30_00, eur, None),
            (own, third, 1, eur, None),
            (own, other, 30_01, eur, Some("input.amount.amount")),
            (other, own, 1, eur, Some("input.amount.amount")),
            (other, own, 5_00, usd, None),
            (other, own, 5_01, usd, Some("input.amount.amount")),
            (own, other, 1, usd, Some("input.amount.amount")),
            (other, third, 1, eur, Some("input.fromMemberId")),
        ];
        for (from, to, minor, currency, field) in table {
            let amount = Amount::new(minor, currency);
            let new = NewPayment {
                group_id: GroupId::new(),
                from,
                to,
                amount,
                paid: None,
                method: Method::Cash,
                date: None,
                note: None,
            };
            let expected = field.map_or(Ok(()), |field| Err(Refusal::OnlyOwnBalance { field }));
            assert_eq!(check_settles(&new, own, &nets), expected, "{minor} {}", currency.code());
        }
    }
}

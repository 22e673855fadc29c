//! Ways to pay a proposed transfer outside of Quits: links and codes of the receiver's handles with the amount filled
//! in.

mod operations;

use contracts::pay_handles::PayHandle;
use money::Amount;

pub(crate) use operations::PayOptions;

/// The most characters of the remittance text of a SEPA transfer.
const NOTE: usize = 140;

/// The largest EPC QR code, in bytes.
const EPC_BYTES: usize = 331;

/// The largest SEPA transfer, in cents.
const EPC_LARGEST: i64 = 99_999_999_999;

/// The currencies in which PayPal.Me links accept an amount.
const PAYPAL: [&str; 24] = [
    "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY", "MXN", "MYR", "NOK", "NZD",
    "PHP", "PLN", "RUB", "SEK", "SGD", "THB", "TWD", "USD",
];

/// One way to pay a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PayOption {
    /// The receiver's handle.
    pub(crate) handle: PayHandle,
    /// The handle, formatted for people.
    pub(crate) label: String,
    /// The URL of the payment page or app.
    pub(crate) link: Option<String>,
    /// The content of a QR code for banking apps.
    pub(crate) qr: Option<String>,
}

impl PayOption {
    /// Returns the way to pay this amount to a handle; `None` if the handle does not support it. The note is a text for
    /// the receiver.
    pub(crate) fn new(handle: &PayHandle, amount: Amount, note: &str) -> Option<Self> {
        let (label, link, qr) = match handle {
            PayHandle::Iban { iban, holder } => (in_fours(iban), None, epc(holder, iban, amount, note)),
            PayHandle::Upi { id, holder } => {
                let link = upi(id, holder, amount, note)?;
                (id.clone(), Some(link.clone()), Some(link))
            }
            PayHandle::Paypal { name } => (format!("paypal.me/{name}"), Some(paypal(name, amount)), None),
            PayHandle::Revolut { name } => {
                (format!("revolut.me/{name}"), Some(format!("https://revolut.me/{name}")), None)
            }
            PayHandle::Link { url } => (url.trim_start_matches("https://").to_owned(), Some(url.clone()), None),
        };
        Some(Self { handle: handle.clone(), label, link, qr })
    }
}

/// Formats an IBAN in groups of four.
fn in_fours(iban: &str) -> String {
    let letters: Vec<char> = iban.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// Returns the content of an EPC QR code (EPC069-12, version 2); `None` if SEPA cannot make the transfer.
fn epc(holder: &str, iban: &str, amount: Amount, note: &str) -> Option<String> {
    if amount.currency.code() != "EUR" || !(1..=EPC_LARGEST).contains(&amount.minor) {
        return None;
    }
    // Service tag, version, characters (UTF-8), identification, bank, holder, account, amount, purpose, reference.
    let head = format!("BCD\n002\n1\nSCT\n\n{holder}\n{iban}\nEUR{amount}\n\n\n");
    let room = EPC_BYTES.checked_sub(head.len())?;
    let mut note: String = note.chars().take(NOTE).collect();
    while note.len() > room {
        note.pop();
    }
    Some(head + &note)
}

/// Returns a link that opens a UPI app with everything filled in; `None` if UPI cannot make the transfer.
fn upi(id: &str, holder: &str, amount: Amount, note: &str) -> Option<String> {
    let (holder, note) = (encoded(holder), encoded(note));
    (amount.currency.code() == "INR").then(|| format!("upi://pay?pa={id}&pn={holder}&am={amount}&cu=INR&tn={note}"))
}

/// Returns the PayPal.Me page of a receiver, with the amount if the currency is supported.
fn paypal(name: &str, amount: Amount) -> String {
    let code = amount.currency.code();
    if PAYPAL.contains(&code) {
        format!("https://paypal.me/{name}/{amount}{code}")
    } else {
        format!("https://paypal.me/{name}")
    }
}

/// Percent-encodes a text for a query, with `%20` for a space, as UPI apps expect.
fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use money::Currency;

    use super::*;

    fn amount(minor: i64, code: &str) -> Amount {
        Amount::new(minor, Currency::from_code(code).unwrap())
    }

    fn bank(holder: &str) -> PayHandle {
        PayHandle::Iban { iban: "DE89370400440532013000".to_owned(), holder: holder.to_owned() }
    }

    fn qr(handle: &PayHandle, amount: Amount, note: &str) -> Option<String> {
        PayOption::new(handle, amount, note).unwrap().qr
    }

    #[test]
    fn the_code_of_a_sepa_transfer_follows_epc069_12() {
        let table = [
            (12_30, "Lisbon", "BCD\n002\n1\nSCT\n\nAda Lovelace\nDE89370400440532013000\nEUR12.30\n\n\nLisbon"),
            (1, "", "BCD\n002\n1\nSCT\n\nAda Lovelace\nDE89370400440532013000\nEUR0.01\n\n\n"),
            (
                99_999_999_999,
                "Büro & Co",
                "BCD\n002\n1\nSCT\n\nAda Lovelace\nDE89370400440532013000\nEUR999999999.99\n\n\nBüro & Co",
            ),
        ];
        for (minor, note, expected) in table {
            assert_eq!(qr(&bank("Ada Lovelace"), amount(minor, "EUR"), note).as_deref(), Some(expected));
        }
        for (minor, code) in [(100_000_000_000, "EUR"), (0, "EUR"), (-1, "EUR"), (12_30, "USD"), (12_30, "INR")] {
            assert_eq!(qr(&bank("Ada"), amount(minor, code), ""), None, "{minor} {code}");
        }
    }

    #[test]
    fn a_code_never_exceeds_the_limit_of_banking_apps() {
        let long = qr(&bank("Ada"), amount(1, "EUR"), &"x".repeat(200)).unwrap();
        assert_eq!(long.lines().last().map(str::len), Some(140));
        let wide = qr(&bank(&"ä".repeat(70)), amount(1, "EUR"), &"ß".repeat(140)).unwrap();
        assert!(wide.len() <= EPC_BYTES && wide.len() > EPC_BYTES - 2, "{}", wide.len());
        assert_eq!(wide.lines().count(), 11);
        assert_eq!(wide.lines().nth(5).map(|holder| holder.chars().count()), Some(70));
    }

    #[test]
    fn links_have_the_amount_filled_in_where_that_is_possible() {
        let (name, url) = ("ada".to_owned(), "https://bank.example/ada".to_owned());
        let upi = PayHandle::Upi { id: "ada.l@okbank".to_owned(), holder: "Ada Lovelace".to_owned() };
        let (paypal, revolut) = (PayHandle::Paypal { name: name.clone() }, PayHandle::Revolut { name });
        let table = [
            (&paypal, amount(12_30, "EUR"), "https://paypal.me/ada/12.30EUR"),
            (&paypal, amount(500, "JPY"), "https://paypal.me/ada/500JPY"),
            (&paypal, amount(500, "ISK"), "https://paypal.me/ada"),
            (&revolut, amount(12_30, "EUR"), "https://revolut.me/ada"),
            (&PayHandle::Link { url: url.clone() }, amount(12_30, "EUR"), url.as_str()),
            (
                &upi,
                amount(125_000, "INR"),
                "upi://pay?pa=ada.l@okbank&pn=Ada%20Lovelace&am=1250.00&cu=INR&tn=Goa%20%26%20back",
            ),
        ];
        for (handle, amount, link) in table {
            let option = PayOption::new(handle, amount, "Goa & back").unwrap();
            assert_eq!(option.link.as_deref(), Some(link));
        }
        assert_eq!(PayOption::new(&upi, amount(12_30, "EUR"), ""), None);
        assert_eq!(PayOption::new(&bank("Ada"), amount(1, "USD"), "").unwrap().label, "DE89 3704 0044 0532 0130 00");
    }
}

//! The refusals of splits and of payers; where parts do not add up, they say to what.

use money::{Amount, LedgerRefusal, SplitRefusal};

use crate::refusal::{Code, Refusal};

impl From<&SplitRefusal> for Refusal {
    fn from(why: &SplitRefusal) -> Self {
        let sentence = sentence(why);
        match why {
            SplitRefusal::DoesNotAddUp { given, total, .. } => unequal(sentence, *given, *total).because("SHARES_SUM"),
            SplitRefusal::NotHundredPercent { hundredths } => {
                let percent = format!("{}.{:02}", hundredths / 100, hundredths % 100);
                Self::new(Code::SharesDoNotAddUp, sentence).because("PERCENT_SUM").with("percent", &percent)
            }
            _ => Self::new(Code::Validation, sentence),
        }
    }
}

impl From<&LedgerRefusal> for Refusal {
    fn from(why: &LedgerRefusal) -> Self {
        let sentence = sentence(why);
        match why {
            LedgerRefusal::DoesNotAddUp { paid, shared, .. } => unequal(sentence, *paid, *shared).because("PAYERS_SUM"),
            _ => Self::new(Code::Validation, sentence),
        }
    }
}

/// A refusal of parts whose sum is not the total.
fn unequal(sentence: String, sum: Amount, total: Amount) -> Refusal {
    Refusal::new(Code::SharesDoNotAddUp, sentence)
        .with("sum", &sum)
        .with("total", &total)
        .with("currency", &total.currency.code())
}

/// Turns a reason of `money`, which is written to stand inside a sentence, into a sentence.
fn sentence(why: &impl ToString) -> String {
    let why = why.to_string();
    let mut letters = why.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

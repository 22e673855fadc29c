//! Questions and assumptions of a reading, for the writer of the text.

use money::SplitRefusal;
use serde::Serialize;

/// A question or an assumption: its code and facts are for programs, its `Display` is an English sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs, reason = "the sentence of each says what it is")]
pub enum Remark {
    #[error("Which currency is that?")]
    UnknownCurrency,
    #[error("What was bought, and for how much? A part of this reads like an order.")]
    Order,
    #[error("The amounts are in another currency than the total.")]
    OtherCurrency,
    #[error("Is that a refund?")]
    IsRefund,
    #[error("How much was it?")]
    NoAmount,
    #[error("How much came back in all?")]
    CameBack,
    #[error("Which day was it?")]
    WhichDay,
    #[error("Shared by everyone.")]
    SharedByAll,
    #[error("What was paid is not the total: who paid the rest?")]
    WhoPaidTheRest,
    #[error("What was paid is more than the total.")]
    PaidTooMuch,
    #[error("How much did each of them pay?")]
    EachPaidHowMuch,
    #[error("Who paid how much?")]
    WhoPaidHowMuch,
    #[error("Who paid?")]
    WhoPaid,
    #[error("That part of the total is not a whole amount: who paid how much?")]
    PaidPartNotWhole,
    #[error("The amounts are too large.")]
    TooLarge,
    #[error("Which of the amounts is the total?")]
    WhichIsTotal,
    #[error("Is the tip, the tax or the discount in the total?")]
    ExtraInTotal,
    #[error("Is the tip, the tax or the discount in what was paid?")]
    ExtraInPaid,
    #[error("How much was the tip, the tax or the discount?")]
    ExtraAmount,
    #[error("How much was it in total?")]
    NoTotal,
    #[error("With whom is it split?")]
    SplitWithWhom,
    #[error("Who shares what? A part of it was not understood.")]
    WhoSharesWhat,
    #[error("There is no rest: the amounts are as large as the total, or larger.")]
    NoRest,
    #[error("Who shares the rest?")]
    WhoSharesRest,
    #[error("What is the share of each?")]
    ShareOfEach,
    #[error("Who shares it, besides those who are compared?")]
    WhoElseShares,
    #[error("Is that more or less for each of them?")]
    MoreForEach,
    #[error("Who has which part?")]
    WhoHasWhichPart,
    #[error("Did that person pay it, or share it?")]
    PaidOrShared,
    #[error("Did that person pay it, or is it for that person?")]
    PaidOrFor,
    #[error("Who is meant? Please use names.")]
    WhoIsMeant,
    #[error("Is that a payment between two people? Then record it as a payment.")]
    PaymentBetweenTwo,
    #[error("Who shares it?")]
    WhoShares,
    #[error("Who does not share, or did not pay?")]
    WhoIsOut,
    #[error("Who shares it, and how? A part of it was not understood.")]
    SharedHow,
    #[error("Who does not take part?")]
    WhoTakesNoPart,
    #[error("Who paid, and who shares it?")]
    WhoPaidWhoShares,
    #[error("Whose shares are these?")]
    WhoseShares,
    #[error("Whose part is that?")]
    WhosePart,
    #[error("Who counts for more or less?")]
    WhoCountsMore,
    #[error("How much more or less is that?")]
    HowMuchMore,
    #[error("Who owes that?")]
    WhoOwes,
    #[error("Who are the others?")]
    WhoAreTheOthers,
    #[error("Is it shared by everyone, or only by those who are named?")]
    EveryoneOrNamed,
    #[error("Can you say it in fewer words?")]
    FewerWords,
    #[error("Who is in the group?")]
    WhoIsInGroup,
    #[error("This could not be read. Please say it in other words.")]
    Unreadable,
    #[error("How much is \"{text}\"?")]
    Amount { text: String },
    #[error("Which currency is it in: {}?", choices.join(" or "))]
    WhichCurrency { choices: Vec<String> },
    #[error("I don't know who {name} is.")]
    Stranger { name: String },
    #[error("Is {first}/{second} the day before the month, or the month before the day?")]
    DayOrMonth { first: u32, second: u32 },
    #[error("The {extra} comes to {amount} {currency}.")]
    ExtraComesTo { extra: &'static str, amount: String, currency: &'static str },
    #[error("That does not add up: {why}.")]
    DoesNotAddUp {
        #[serde(skip)]
        why: SplitRefusal,
    },
    #[error("Is the total {first} or {second}?")]
    WhichTotal { first: String, second: String, currency: &'static str },
    #[error("{} does not make {total}: who shares what?", parts.join(" and "))]
    PartsMake { parts: Vec<String>, total: String, currency: &'static str },
    #[error("The parts make {percent}%, not 100%.")]
    PercentMade { percent: u128 },
    #[error("Is \"{word}\" somebody's name here?")]
    IsThatAName { word: String },
    #[error("Who is \"{written}\": {}?", choices.join(" or "))]
    WhoIs { written: String, choices: Vec<String> },
    #[error("Who are the {count}?")]
    WhoAreThe { count: u64 },
    #[error("{text}")]
    Said { text: String },
}

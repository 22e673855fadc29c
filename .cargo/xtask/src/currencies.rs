//! Generates the currency table of the app from that of `money`.

use money::Currency;

/// The path of the generated file.
pub(crate) const FILE: &str = "frontend/src/lib/currencies.generated.ts";

/// Returns the module: the decimals of every currency, and the currencies that people can choose.
pub(crate) fn table() -> String {
    let mut all: Vec<Currency> = Currency::all().collect();
    all.sort_unstable();
    let exponents: Vec<String> =
        all.iter().map(|currency| format!("  {}: {},\n", currency.code(), currency.exponent())).collect();
    let in_use: Vec<&str> =
        all.iter().filter(|currency| currency.is_in_use()).map(|currency| currency.code()).collect();
    format!(
        "/** Written by `cargo xtask schema` from the crate `money`. */\n\n\
         /** How many decimals each currency has. */\n\
         export const EXPONENTS: Readonly<Record<string, number>> = {{\n{}}}\n\n\
         /** The currencies that are spent today. */\n\
         export const IN_USE: readonly string[] =\n  '{}'.split(' ')\n",
        exponents.concat(),
        in_use.join(" "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_decimals_of_the_standard_and_no_superseded_choice() {
        let table = table();
        assert!(table.contains("  EUR: 2,\n") && table.contains("  JPY: 0,\n") && table.contains("  HRK: 2,\n"));
        let (_, choices) = table.split_once("IN_USE").unwrap();
        assert!(choices.contains("EUR") && !choices.contains("HRK"));
    }
}

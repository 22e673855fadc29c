//! The words of a statement in each language.

use chrono::{Datelike, NaiveDate};
use kit::mail::Language;
use money::Amount;

use crate::spending::Month;

/// The words that stand on every statement.
pub(super) struct Words {
    pub(super) statement: &'static str,
    pub(super) total: &'static str,
    pub(super) by_member: &'static str,
    pub(super) member: &'static str,
    pub(super) paid: &'static str,
    pub(super) share: &'static str,
    pub(super) difference: &'static str,
    pub(super) by_category: &'static str,
    pub(super) expenses: &'static str,
    pub(super) date: &'static str,
    pub(super) description: &'static str,
    pub(super) category: &'static str,
    pub(super) paid_by: &'static str,
    pub(super) amount: &'static str,
    pub(super) nothing: &'static str,
    pub(super) note: &'static str,
}

const ENGLISH: Words = Words {
    statement: "Statement",
    total: "Spent together",
    by_member: "By member",
    member: "Member",
    paid: "Paid",
    share: "Own share",
    difference: "Difference",
    by_category: "By category",
    expenses: "Expenses",
    date: "Day",
    description: "Description",
    category: "Category",
    paid_by: "Paid by",
    amount: "Amount",
    nothing: "No expenses in this month.",
    note: "Payments between members settle up; they are no spending and not listed here.",
};

const GERMAN: Words = Words {
    statement: "Abrechnung",
    total: "Zusammen ausgegeben",
    by_member: "Nach Mitglied",
    member: "Mitglied",
    paid: "Gezahlt",
    share: "Eigener Anteil",
    difference: "Differenz",
    by_category: "Nach Kategorie",
    expenses: "Ausgaben",
    date: "Tag",
    description: "Beschreibung",
    category: "Kategorie",
    paid_by: "Gezahlt von",
    amount: "Betrag",
    nothing: "In diesem Monat gibt es keine Ausgaben.",
    note: "Zahlungen zwischen Mitgliedern gleichen aus; sie sind keine Ausgaben und stehen nicht hier.",
};

const SPANISH: Words = Words {
    statement: "Extracto",
    total: "Gastado en común",
    by_member: "Por miembro",
    member: "Miembro",
    paid: "Pagado",
    share: "Parte propia",
    difference: "Diferencia",
    by_category: "Por categoría",
    expenses: "Gastos",
    date: "Día",
    description: "Descripción",
    category: "Categoría",
    paid_by: "Pagado por",
    amount: "Importe",
    nothing: "No hay gastos en este mes.",
    note: "Los pagos entre miembros saldan deudas; no son gastos y no figuran aquí.",
};

const MONTHS: [[&str; 12]; 3] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];

/// The built-in categories: key, English, German, Spanish.
const CATEGORIES: [[&str; 4]; 12] = [
    ["groceries", "Groceries", "Lebensmittel", "Compra"],
    ["dining", "Eating out", "Essen gehen", "Comer fuera"],
    ["drinks", "Drinks", "Getränke", "Bebidas"],
    ["transport", "Transport", "Verkehr", "Transporte"],
    ["travel", "Travel", "Reisen", "Viajes"],
    ["home", "Home", "Zuhause", "Casa"],
    ["utilities", "Utilities", "Nebenkosten", "Suministros"],
    ["entertainment", "Entertainment", "Unterhaltung", "Ocio"],
    ["health", "Health", "Gesundheit", "Salud"],
    ["gifts", "Gifts", "Geschenke", "Regalos"],
    ["shopping", "Shopping", "Einkaufen", "Compras"],
    ["other", "Other", "Sonstiges", "Otros"],
];

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::Spanish => &SPANISH,
    }
}

fn column(language: Language) -> usize {
    match language {
        Language::English => 0,
        Language::German => 1,
        Language::Spanish => 2,
    }
}

/// A month such as `November 2026`.
pub(super) fn month(month: Month, language: Language) -> String {
    let (year, number) = month.parts();
    let name = MONTHS[column(language)].get(number - 1).copied().unwrap_or_default();
    if language == Language::Spanish { format!("{name} de {year}") } else { format!("{name} {year}") }
}

/// A day of the month that the statement is about.
pub(super) fn day(day: NaiveDate, language: Language) -> String {
    match language {
        Language::English => day.format("%b %-d").to_string(),
        Language::German => format!("{}.{}.", day.day(), day.month()),
        Language::Spanish => format!("{}/{}", day.day(), day.month()),
    }
}

/// The name of a category; one of the group is named by its key, with a capital letter.
pub(super) fn category(key: &str, language: Language) -> String {
    if let Some(row) = CATEGORIES.iter().find(|row| row[0] == key) {
        return row[column(language) + 1].to_owned();
    }
    let mut letters = key.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// An amount without its currency, such as `1,234.50` or `1.234,50`.
pub(super) fn number(amount: Amount, language: Language) -> String {
    let text = amount.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (between, mark) = if language == Language::English { (',', '.') } else { ('.', ',') };
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(between);
        }
        grouped.push(digit);
    }
    if fraction.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}{mark}{fraction}") }
}

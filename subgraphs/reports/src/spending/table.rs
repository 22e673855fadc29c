//! Reports as CSV: a row for each category, month, category of a month, week, member and group, and for each total.

use csv::Writer;
use kit::{Failure, Outcome, text::not_a_formula};
use money::Amount;

use super::{
    report::{CategoryTotal, GroupReport, MonthTotal, SpendingReport},
    week::WeekTotal,
};
use crate::directory::Names;

const HEADINGS: [&str; 7] = ["Part", "Name", "Currency", "Total", "Paid", "Share", "Expenses"];

/// Writes the report of a group, with these weeks.
pub(super) fn of_group(
    report: &GroupReport,
    weeks: &[WeekTotal],
    name: impl Fn(contracts::MemberId) -> String,
) -> Outcome<String> {
    let mut table = Table::new()?;
    table.spending(&report.by_category, &report.by_month, weeks)?;
    for row in &report.by_member {
        let (paid, share) = (row.paid.to_string(), row.share.to_string());
        table.row(["member", &name(row.member_id), row.paid.currency.code(), "", &paid, &share, ""])?;
    }
    table.totals(&report.total)?;
    table.finish()
}

/// Writes the report of a person's own shares, with these weeks.
pub(super) fn of_person(report: &SpendingReport, weeks: &[WeekTotal], names: &Names) -> Outcome<String> {
    let mut table = Table::new()?;
    table.spending(&report.by_category, &report.by_month, weeks)?;
    for (group, total) in &report.by_group {
        table.total("group", names.group(*group), *total)?;
    }
    table.totals(&report.total)?;
    table.finish()
}

struct Table(Writer<Vec<u8>>);

impl Table {
    fn new() -> Outcome<Self> {
        let mut table = Self(Writer::from_writer(Vec::new()));
        table.row(HEADINGS)?;
        Ok(table)
    }

    fn spending(&mut self, categories: &[CategoryTotal], months: &[MonthTotal], weeks: &[WeekTotal]) -> Outcome<()> {
        categories.iter().try_for_each(|row| self.category("category", &row.category, row))?;
        for row in months {
            self.total("month", &row.month.to_string(), row.total)?;
            for part in &row.by_category {
                self.category("category of a month", &format!("{} {}", row.month, part.category), part)?;
            }
        }
        weeks.iter().try_for_each(|row| self.total("week", &row.monday.to_string(), row.total))
    }

    fn category(&mut self, part: &str, name: &str, row: &CategoryTotal) -> Outcome<()> {
        let (total, count) = (row.total.to_string(), row.count.to_string());
        self.row([part, name, row.total.currency.code(), &total, "", "", &count])
    }

    fn totals(&mut self, totals: &[Amount]) -> Outcome<()> {
        totals.iter().try_for_each(|total| self.total("total", "", *total))
    }

    fn total(&mut self, part: &str, name: &str, total: Amount) -> Outcome<()> {
        self.row([part, name, total.currency.code(), &total.to_string(), "", "", ""])
    }

    fn row(&mut self, [part, name, rest @ ..]: [&str; 7]) -> Outcome<()> {
        let name = not_a_formula(name);
        let cells = [part, name.as_str()].into_iter().chain(rest);
        self.0.write_record(cells).map_err(Failure::internal)
    }

    fn finish(self) -> Outcome<String> {
        let bytes = self.0.into_inner().map_err(|error| Failure::internal(error.to_string()))?;
        String::from_utf8(bytes).map_err(Failure::internal)
    }
}

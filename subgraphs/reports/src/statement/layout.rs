//! Where everything stands on the pages of a statement. Lengths are twentieths of a point.

use kit::mail::Language;

use super::{
    Part, Statement,
    paper::{Colour, HEIGHT, Mark, Paper, WIDTH, Weight},
    words::{self, Words},
};

const LEFT: i16 = 1_100;
const RIGHT: i16 = WIDTH - LEFT;
const TOP: i16 = 1_300;
const BOTTOM: i16 = HEIGHT - 1_500;
const LINE: i16 = 400;
const TEXT: i16 = 190;

const INK: Colour = (28, 23, 34);
const MUTED: Colour = (92, 85, 103);
const FAINT: Colour = (229, 226, 234);
const BRAND: Colour = (106, 42, 109);

/// A column: where it begins, or for numbers where it ends, and its width.
#[derive(Clone, Copy)]
enum Column {
    Text(i16, i16),
    Number(i16, i16),
}

const MEMBERS: [Column; 4] = [
    Column::Text(LEFT, 4_000),
    Column::Number(RIGHT - 4_000, 1_900),
    Column::Number(RIGHT - 2_000, 1_900),
    Column::Number(RIGHT, 1_900),
];
const EXPENSES: [Column; 5] = [
    Column::Text(LEFT, 800),
    Column::Text(LEFT + 900, 3_700),
    Column::Text(LEFT + 4_700, 1_800),
    Column::Text(LEFT + 6_600, 1_700),
    Column::Number(RIGHT, 1_500),
];
const TOTAL: [Column; 2] = [Column::Text(LEFT, 6_000), Column::Number(RIGHT, 3_000)];

/// Lays out a statement, page by page.
pub(super) fn pages(statement: &Statement, language: Language, paper: &Paper) -> Vec<Vec<Mark>> {
    let words = words::words(language);
    let mut sheet = Sheet { paper, pages: vec![Vec::new()], top: TOP };
    let month = words::month(statement.month, language);
    sheet.block(LEFT, TOP - 420, 420, 90, BRAND);
    sheet.advance(300);
    sheet.text(LEFT, 480, Weight::Bold, INK, &paper.fitted(&statement.group, 480, Weight::Bold, RIGHT - LEFT));
    sheet.advance(420);
    sheet.text(LEFT, 240, Weight::Regular, MUTED, &format!("{} · {month}", words.statement));
    sheet.advance(300);
    if statement.parts.is_empty() {
        sheet.advance(LINE);
        sheet.text(LEFT, TEXT, Weight::Regular, INK, words.nothing);
    }
    for part in &statement.parts {
        part_of(&mut sheet, part, words, language);
    }
    if !statement.parts.is_empty() {
        sheet.need(2 * LINE);
        sheet.advance(LINE);
        sheet.text(LEFT, 160, Weight::Regular, MUTED, words.note);
    }
    let foot = format!("Quits · {} · {month}", statement.group);
    sheet.finish(&foot)
}

fn part_of(sheet: &mut Sheet<'_>, part: &Part, words: &Words, language: Language) {
    let number = |amount| words::number(amount, language);
    let heading = |word: &str| format!("{word}, {}", part.total.currency.code());
    // Together with the first lines of its first table.
    sheet.need(8 * LINE);
    sheet.advance(850);
    sheet.text(LEFT, TEXT, Weight::Regular, MUTED, words.total);
    sheet.advance(520);
    let total = format!("{} {}", number(part.total), part.total.currency.code());
    sheet.text(LEFT, 480, Weight::Bold, BRAND, &total);
    sheet.advance(200);

    let head = [words.member, words.paid, words.share, words.difference];
    sheet.table(
        &heading(words.by_member),
        &MEMBERS,
        &head,
        part.members.iter().map(|member| {
            let plus = if member.difference.minor > 0 { "+" } else { "" };
            let difference = format!("{plus}{}", number(member.difference));
            [member.name.clone(), number(member.paid), number(member.share), difference]
        }),
    );
    let head = [words.category, words.amount];
    sheet.table(
        &heading(words.by_category),
        &TOTAL,
        &head,
        part.categories.iter().map(|(category, amount)| [words::category(category, language), number(*amount)]),
    );
    let head = [words.date, words.description, words.category, words.paid_by, words.amount];
    sheet.table(
        &heading(words.expenses),
        &EXPENSES,
        &head,
        part.rows.iter().map(|row| {
            let category = words::category(&row.category, language);
            let description = if row.description.is_empty() { category.clone() } else { row.description.clone() };
            let payers = match row.payers.as_slice() {
                [first, others @ ..] if !others.is_empty() => format!("{first} +{}", others.len()),
                payers => payers.concat(),
            };
            [words::day(row.date, language), description, category, payers, number(row.total)]
        }),
    );
    sheet.row(&TOTAL, &[heading(words.total), number(part.total)], Weight::Bold, INK);
}

/// The pages so far, and how far down the last one is filled.
struct Sheet<'a> {
    paper: &'a Paper,
    pages: Vec<Vec<Mark>>,
    top: i16,
}

impl Sheet<'_> {
    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn block(&mut self, left: i16, top: i16, width: i16, height: i16, colour: Colour) {
        self.mark(Mark::Block { left, top, width, height, colour });
    }

    fn text(&mut self, left: i16, size: i16, weight: Weight, colour: Colour, text: &str) {
        self.mark(Mark::Text { left, top: self.top, size, weight, colour, text: text.to_owned() });
    }

    fn advance(&mut self, length: i16) {
        self.top += length;
    }

    /// Begins a page if less than this is left of the last one. Returns whether it did.
    fn need(&mut self, length: i16) -> bool {
        let is_full = self.top > BOTTOM - length;
        if is_full {
            self.pages.push(Vec::new());
            self.top = TOP;
        }
        is_full
    }

    /// A table whose head is repeated on each page that it goes on.
    fn table<const N: usize>(
        &mut self,
        title: &str,
        columns: &[Column; N],
        head: &[&str; N],
        rows: impl Iterator<Item = [String; N]>,
    ) {
        self.need(4 * LINE);
        self.advance(600);
        self.text(LEFT, 240, Weight::Bold, INK, title);
        let head = head.map(str::to_owned);
        self.row(columns, &head, Weight::Regular, MUTED);
        for row in rows {
            if self.need(LINE) {
                self.row(columns, &head, Weight::Regular, MUTED);
            }
            self.row(columns, &row, Weight::Regular, INK);
        }
    }

    fn row<const N: usize>(&mut self, columns: &[Column; N], cells: &[String; N], weight: Weight, colour: Colour) {
        self.need(LINE);
        self.advance(LINE);
        for (column, cell) in columns.iter().zip(cells) {
            let (Column::Text(edge, width) | Column::Number(edge, width)) = *column;
            let text = self.paper.fitted(cell, TEXT, weight, width);
            let left = match column {
                Column::Text(..) => edge,
                Column::Number(..) => edge - self.paper.width(&text, TEXT, weight),
            };
            self.text(left, TEXT, weight, colour, &text);
        }
        self.block(LEFT, self.top + 120, RIGHT - LEFT, 10, FAINT);
    }

    /// Writes the foot of each page.
    fn finish(mut self, foot: &str) -> Vec<Vec<Mark>> {
        let count = self.pages.len();
        let foot = self.paper.fitted(foot, 150, Weight::Regular, RIGHT - LEFT - 1_500);
        for (place, page) in self.pages.iter_mut().enumerate() {
            let number = format!("{} / {count}", place + 1);
            let left = RIGHT - self.paper.width(&number, 150, Weight::Regular);
            for (left, text) in [(LEFT, foot.clone()), (left, number)] {
                let (top, weight) = (HEIGHT - 900, Weight::Regular);
                page.push(Mark::Text { left, top, size: 150, weight, colour: MUTED, text });
            }
        }
        self.pages
    }
}

//! Measures text, and draws marks on pages of a PDF. Lengths are twentieths of a point, so that all of them are integers.

use deunicode::deunicode_char;
use kit::{Failure, Outcome, mail::Language};
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    metadata::Metadata,
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    text::{Font, TextDirection},
};
use rustybuzz::{Face, UnicodeBuffer, shape};

/// The size of a sheet of A4.
pub(super) const WIDTH: i16 = 11_906;
pub(super) const HEIGHT: i16 = 16_838;
/// No line has room for more letters.
const LONGEST_LINE: usize = 200;
/// A twentieth of a point, in points.
const POINTS: f32 = 0.05;

const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.otf");
const BOLD: &[u8] = include_bytes!("fonts/Inter-SemiBold.otf");

/// How heavy a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A colour: red, green and blue.
pub(super) type Colour = (u8, u8, u8);

/// Something on a page, from its top left corner.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A line of text. `top` is that of its baseline.
    Text { left: i16, top: i16, size: i16, weight: Weight, colour: Colour, text: String },
    /// A filled rectangle.
    Block { left: i16, top: i16, width: i16, height: i16, colour: Colour },
}

/// The fonts.
pub(super) struct Paper {
    regular: (Font, Face<'static>),
    bold: (Font, Face<'static>),
}

impl Paper {
    pub(super) fn new() -> Outcome<Self> {
        let load = |bytes: &'static [u8]| {
            let font = Font::new(bytes.into(), 0).zip(Face::from_slice(bytes, 0));
            font.ok_or_else(|| Failure::internal("a font cannot be read"))
        };
        Ok(Self { regular: load(REGULAR)?, bold: load(BOLD)? })
    }

    fn font(&self, weight: Weight) -> &(Font, Face<'static>) {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// The text with letters that the fonts have: those of other scripts are transliterated, such as Hebrew ones.
    fn legible(&self, text: &str) -> String {
        let face = &self.regular.1;
        if text.chars().all(|letter| face.glyph_index(letter).is_some()) {
            return text.to_owned();
        }
        let mut legible = String::new();
        for letter in text.chars() {
            match deunicode_char(letter) {
                // Some consonants have but a backtick.
                Some(latin) if face.glyph_index(letter).is_none() => legible.extend(latin.split('`')),
                _ => legible.push(letter),
            }
        }
        // A letter that stands for a word ends with a space.
        legible.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The width of a line of text.
    pub(super) fn width(&self, text: &str, size: i16, weight: Weight) -> i16 {
        let face = &self.font(weight).1;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&self.legible(text));
        buffer.guess_segment_properties();
        let units: i64 =
            shape(face, &[], buffer).glyph_positions().iter().map(|glyph| i64::from(glyph.x_advance)).sum();
        i16::try_from(units * i64::from(size) / i64::from(face.units_per_em())).unwrap_or(i16::MAX)
    }

    /// The text, cut so that it is no wider than this.
    pub(super) fn fitted(&self, text: &str, size: i16, weight: Weight, width: i16) -> String {
        let text = self.legible(text);
        if self.width(&text, size, weight) <= width {
            return text;
        }
        let letters: Vec<char> = text.chars().take(LONGEST_LINE).collect();
        let cut = |count: usize| -> String { letters.iter().take(count).chain(&['…']).collect() };
        let counts: Vec<usize> = (1..letters.len()).collect();
        cut(counts.partition_point(|count| self.width(&cut(*count), size, weight) <= width))
    }

    /// Makes the PDF with these pages.
    pub(super) fn print(&self, title: &str, language: Language, pages: &[Vec<Mark>]) -> Outcome<Vec<u8>> {
        let mut document = Document::new();
        let about = Metadata::new().title(title.to_owned()).language(language.tag().to_owned());
        document.set_metadata(about.creator("Quits".to_owned()));
        for marks in pages {
            let settings = Size::from_wh(595.3, 841.9).map(PageSettings::new);
            let mut page = document.start_page_with(settings.ok_or_else(|| Failure::internal("no size of a page"))?);
            let mut surface = page.surface();
            surface.push_transform(&Transform::from_scale(POINTS, POINTS));
            for mark in marks {
                self.draw(&mut surface, mark);
            }
            surface.pop();
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| Failure::internal(format!("no PDF: {error:?}")))
    }

    fn draw(&self, surface: &mut Surface<'_>, mark: &Mark) {
        match mark {
            Mark::Text { left, top, size, weight, colour, text } => {
                surface.set_fill(Some(fill(*colour)));
                let start = Point::from_xy(f32::from(*left), f32::from(*top));
                let font = self.font(*weight).0.clone();
                let text = self.legible(text);
                surface.draw_text(start, font, f32::from(*size), &text, false, TextDirection::LeftToRight);
            }
            Mark::Block { left, top, width, height, colour } => {
                let [left, top, width, height] = [*left, *top, *width, *height].map(f32::from);
                let mut path = PathBuilder::new();
                if let Some(block) = Rect::from_xywh(left, top, width, height) {
                    path.push_rect(block);
                }
                if let Some(path) = path.finish() {
                    surface.set_fill(Some(fill(*colour)));
                    surface.draw_path(&path);
                }
            }
        }
    }
}

fn fill((red, green, blue): Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_the_fonts_lack_are_transliterated() {
        let paper = Paper::new().unwrap();
        let table = [
            ("Zoë", "Zoë"),
            ("Ελένη", "Ελένη"),
            ("Żółć €", "Żółć €"),
            ("北京 2026", "Bei Jing 2026"),
            ("דוד", "dvd"),
            ("🍕", "pizza"),
        ];
        for (text, legible) in table {
            assert_eq!(paper.legible(text), legible);
        }
    }
}

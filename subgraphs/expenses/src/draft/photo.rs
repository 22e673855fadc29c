//! The photo of a receipt. Its content must match its declared type. It is stored separately from its draft and never
//! part of an event.

use crate::refusal::Refusal;

/// The largest photo, in megabytes.
const MEGABYTES: usize = 4;

/// The same in bytes.
pub(crate) const LARGEST: usize = MEGABYTES * 1024 * 1024;

/// A magic number of a file format and its offset.
type Mark = (usize, &'static [u8]);

/// The accepted types and their magic numbers. A WEBP file has its length between the two.
const KINDS: [(&str, &[Mark]); 3] = [
    ("image/jpeg", &[(0, &[0xFF, 0xD8, 0xFF])]),
    ("image/png", &[(0, b"\x89PNG\r\n\x1A\n")]),
    ("image/webp", &[(0, b"RIFF"), (8, b"WEBP")]),
];

/// The photo of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Photo {
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: &'static str,
    /// The content of the file.
    pub bytes: Vec<u8>,
}

impl Photo {
    /// Accepts a photo whose content matches its media type.
    pub(crate) fn new(media_type: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        let kind = KINDS.iter().find(|(name, _)| *name == media_type);
        let (media_type, marks) = kind.ok_or(Refusal::Photo {
            field: "photo.mediaType",
            why: "A photo is image/jpeg, image/png or image/webp.",
        })?;
        if bytes.len() > LARGEST {
            return Err(Refusal::PhotoTooLarge { most: MEGABYTES });
        }
        let has = |(at, mark): &Mark| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark));
        if !marks.iter().all(has) {
            return Err(Refusal::Photo {
                field: "photo.base64",
                why: "This is not a photo of the type that is given.",
            });
        }
        Ok(Self { media_type, bytes })
    }

    /// Returns the photo in Gemini's form.
    pub(crate) fn shown(&self) -> gemini::Photo<'_> {
        gemini::Photo { media_type: self.media_type, bytes: &self.bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(media_type: &str, bytes: &[u8]) -> Option<&'static str> {
        match Photo::new(media_type, bytes.to_vec()) {
            Err(Refusal::Photo { field, .. }) => Some(field),
            Err(Refusal::PhotoTooLarge { .. }) => Some("photo.base64"),
            _ => None,
        }
    }

    #[test]
    fn a_photo_is_what_it_says() {
        assert_eq!(field("image/jpeg", b"\xFF\xD8\xFF\xE0rest"), None);
        assert_eq!(field("image/png", b"\x89PNG\r\n\x1A\nrest"), None);
        assert_eq!(field("image/webp", b"RIFF\x10\0\0\0WEBPVP8 "), None);
        assert_eq!(field("image/gif", b"GIF89a"), Some("photo.mediaType"));
        for lie in [&b"\x89PNG\r\n\x1A\n"[..], b"<svg>", b"", b"RIFF"] {
            assert_eq!(field("image/jpeg", lie), Some("photo.base64"));
        }
        assert_eq!(field("image/webp", b"RIFF\x10\0\0\0WAVE"), Some("photo.base64"));
    }

    #[test]
    fn a_photo_has_at_most_four_megabytes() {
        let of = |length: usize| [&b"\xFF\xD8\xFF"[..], &vec![0; length - 3]].concat();
        assert_eq!(field("image/jpeg", &of(LARGEST)), None);
        assert_eq!(field("image/jpeg", &of(LARGEST + 1)), Some("photo.base64"));
    }
}

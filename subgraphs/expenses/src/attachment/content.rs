//! The content of a file. Its type is detected from the bytes, not from the name. Pictures are encoded anew, which
//! removes their metadata, such as the place where a photo was taken.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
use serde::{Deserialize, Serialize};

use crate::refusal::AttachmentRefusal;

/// The largest file that is accepted, in megabytes.
const MEGABYTES: usize = 10;

/// The same in bytes.
pub(crate) const LARGEST: usize = MEGABYTES * 1024 * 1024;

/// The longest side of a picture that is accepted, in pixels.
const LONGEST_SIDE: u32 = 16_384;
/// The most memory for decoding a picture, in bytes: about 60 megapixels.
const MOST_MEMORY: u64 = 192 * 1024 * 1024;
/// The longest side of a thumbnail, in pixels.
const THUMBNAIL: u32 = 320;
/// JPEG quality, out of 100.
const QUALITY: u8 = 85;
const THUMBNAIL_QUALITY: u8 = 75;

const PDF: &[u8] = b"%PDF-";

/// The accepted types of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MediaType {
    /// A JPEG photo.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// A drawing or a screenshot.
    #[serde(rename = "image/png")]
    Png,
    /// A PDF document.
    #[serde(rename = "application/pdf")]
    Pdf,
}

impl MediaType {
    /// The MIME type.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }
}

/// A file as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    /// Its type.
    pub media_type: MediaType,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// A small JPEG version; `None` for a PDF.
    pub thumbnail: Option<Vec<u8>>,
}

impl Content {
    /// Checks and re-encodes a file. This takes long for large pictures: call it on a blocking thread.
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self, AttachmentRefusal> {
        if bytes.len() > LARGEST {
            return Err(AttachmentRefusal::TooLarge(MEGABYTES));
        }
        if bytes.starts_with(PDF) {
            return Ok(Self { media_type: MediaType::Pdf, bytes, thumbnail: None });
        }
        let format = image::guess_format(&bytes).ok();
        let known = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];
        let format = format.filter(|format| known.contains(format));
        let format = format.ok_or(AttachmentRefusal::File("A file is a JPEG, PNG or WebP picture, or a PDF."))?;
        Self::picture(&bytes, format).map_err(|error| match error {
            ImageError::Limits(_) => AttachmentRefusal::File("This picture has too many pixels."),
            _ => AttachmentRefusal::File("This picture is damaged."),
        })
    }

    fn picture(bytes: &[u8], format: ImageFormat) -> Result<Self, ImageError> {
        let picture = upright(bytes, format)?;
        let media_type =
            if format == ImageFormat::Png || picture.color().has_alpha() { MediaType::Png } else { MediaType::Jpeg };
        let bytes = match media_type {
            MediaType::Png => png(&picture)?,
            _ => jpeg(&picture, QUALITY)?,
        };
        let thumbnail = jpeg(&picture.thumbnail(THUMBNAIL, THUMBNAIL), THUMBNAIL_QUALITY)?;
        Ok(Self { media_type, bytes, thumbnail: Some(thumbnail) })
    }
}

/// Decodes a picture and applies its EXIF orientation: cameras store pictures unrotated with a note of how they were
/// held.
fn upright(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, ImageError> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    // The decoder limits its own buffers; this accounts for the decoded picture.
    limits.reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let mut written = Vec::new();
    picture.write_with_encoder(PngEncoder::new(&mut written))?;
    Ok(written)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, ImageError> {
    let (picture, mut written) = (picture.to_rgb8(), Vec::new());
    let encoder = JpegEncoder::new_with_quality(&mut written, quality);
    encoder.write_image(&picture, picture.width(), picture.height(), image::ExtendedColorType::Rgb8)?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use image::{ImageBuffer, Rgb, Rgba};

    use super::*;

    /// A photo with a red upper half and a blue lower half.
    fn photo(width: u32, height: u32) -> Vec<u8> {
        let colour = |_, y| if y < height / 2 { Rgb([250_u8, 0, 0]) } else { Rgb([0, 0, 250]) };
        jpeg(&DynamicImage::from(ImageBuffer::from_fn(width, height, colour)), 90).unwrap()
    }

    /// The photo with EXIF metadata: an orientation (upside down) and a location.
    fn noted(photo: &[u8]) -> Vec<u8> {
        let directory = |entries: &[[u8; 12]], next: u8| {
            let count = u8::try_from(entries.len()).unwrap();
            [&[0, count][..], &entries.concat(), &[0, 0, 0, next]].concat()
        };
        let orientation = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0];
        let place = [0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38];
        let latitude = [0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0];
        let tiff = [b"MM\0\x2a\0\0\0\x08".to_vec(), directory(&[orientation, place], 0), directory(&[latitude], 0)];
        let exif = [b"Exif\0\0".to_vec(), tiff.concat(), b"52.5200 13.4050".to_vec()].concat();
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&photo[..2], &[0xFF, 0xE1], &length, &exif, &photo[2..]].concat()
    }

    fn opened(bytes: &[u8]) -> DynamicImage {
        image::load_from_memory(bytes).unwrap()
    }

    fn refusal(bytes: &[u8]) -> &'static str {
        match Content::read(bytes.to_vec()) {
            Err(AttachmentRefusal::File(why)) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_photo_is_stored_upright_and_without_metadata() {
        let taken = noted(&photo(64, 32));
        assert!(taken.windows(7).any(|bytes| bytes == b"52.5200"));
        let content = Content::read(taken).unwrap();
        assert_eq!(content.media_type, MediaType::Jpeg);
        for kept in [&content.bytes, content.thumbnail.as_ref().unwrap()] {
            assert!(
                !kept.windows(4).any(|bytes| bytes == b"Exif") && !kept.windows(7).any(|bytes| bytes == b"52.5200")
            );
            let top = opened(kept).to_rgb8().get_pixel(32, 2).0;
            assert!(top[2] > 200 && top[0] < 50, "turned: blue is above, not {top:?}");
        }
    }

    #[test]
    fn a_thumbnail_is_small_and_has_the_form_of_the_picture() {
        let content = Content::read(photo(1_280, 640)).unwrap();
        let thumbnail = opened(&content.thumbnail.unwrap());
        assert_eq!((thumbnail.width(), thumbnail.height()), (320, 160));
        assert_eq!((opened(&content.bytes).width(), opened(&content.bytes).height()), (1_280, 640));
    }

    #[test]
    fn a_drawing_stays_as_it_is() {
        let drawing =
            DynamicImage::from(ImageBuffer::from_fn(20, 10, |x, _| Rgba([0_u8, 200, 0, if x < 10 { 0 } else { 255 }])));
        let written = png(&drawing).unwrap();
        let content = Content::read(written).unwrap();
        assert_eq!((content.media_type, opened(&content.bytes)), (MediaType::Png, drawing));
    }

    #[test]
    fn a_document_stays_as_it_is() {
        let content = Content::read(b"%PDF-1.7 and so on".to_vec()).unwrap();
        let pdf = Content { media_type: MediaType::Pdf, bytes: b"%PDF-1.7 and so on".to_vec(), thumbnail: None };
        assert_eq!(content, pdf);
    }

    #[test]
    fn other_types_are_refused_whatever_their_name() {
        for other in [&b""[..], b"<svg onload=alert(1)>", b"GIF89a", b"MZ", b"<html>", b"PK\x03\x04"] {
            assert_eq!(refusal(other), "A file is a JPEG, PNG or WebP picture, or a PDF.");
        }
        let photo = photo(64, 32);
        for broken in [&photo[..20], b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 "] {
            assert_eq!(refusal(broken), "This picture is damaged.");
        }
        let [mut fits, large] = [LARGEST, LARGEST + 1].map(|length| vec![0; length]);
        fits[..5].copy_from_slice(PDF);
        assert!(Content::read(fits).is_ok());
        assert_eq!(Content::read(large), Err(AttachmentRefusal::TooLarge(10)));
    }

    #[test]
    fn a_small_file_of_many_pixels_is_refused_before_it_takes_memory() {
        let blank = png(&DynamicImage::new_luma8(16_000, 16_000)).unwrap();
        assert!(blank.len() < LARGEST);
        assert_eq!(refusal(&blank), "This picture has too many pixels.");
        let long = png(&DynamicImage::new_luma8(16_385, 1)).unwrap();
        assert_eq!(refusal(&long), "This picture has too many pixels.");
    }
}

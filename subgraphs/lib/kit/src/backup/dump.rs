//! The file format of backups: BSON documents in gzip, followed by the SHA-256 of the compressed bytes.
//!
//! The first document is the [`Header`]. The documents of each collection that it lists follow in the same order, so
//! that `zcat` and `bsondump` can read the file too.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, Write},
};

use contracts::Timestamp;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use mongodb::bson::{
    Document, RawDocument, RawDocumentBuf, deserialize_from_document, deserialize_from_slice,
    serialize_to_raw_document_buf,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    clock::Clock,
    failure::{Failure, Outcome, internal},
};

/// Incremented when older programs can no longer read the format.
const FORMAT: i64 = 1;
const FORMAT_FIELD: &str = "quits_backup";

/// The length of a SHA-256 in bytes.
const SEAL: u64 = 32;

/// MongoDB's limit for a document is 16 MiB; the header may be larger than that.
const LARGEST_DOCUMENT: usize = 17 * 1024 * 1024;

/// The header of a backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// The format version, under a field name that identifies a backup.
    #[serde(rename = "quits_backup")]
    pub(super) format: i64,
    /// The subgraph whose database it is.
    pub subgraph: String,
    /// The number of migrations that the database had applied.
    pub schema_version: i64,
    /// When the backup was begun.
    pub taken_at: Timestamp,
    /// The collections, in the order of the file.
    pub collections: Vec<Listed>,
}

/// A collection in a backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The name of the collection.
    pub name: String,
    /// The number of its documents.
    pub documents: i64,
    /// Its indexes, as returned by `listIndexes`.
    pub indexes: Vec<Document>,
}

impl Header {
    pub(super) fn new(subgraph: &str, schema_version: i64, collections: Vec<Listed>) -> Self {
        Self {
            format: FORMAT,
            subgraph: subgraph.to_owned(),
            schema_version,
            taken_at: Clock::system().now(),
            collections,
        }
    }

    /// Returns the number of documents in all collections.
    pub fn documents(&self) -> i64 {
        self.collections.iter().map(|collection| collection.documents).sum()
    }

    /// Checks the format version before parsing the rest, which may differ in another version.
    fn read(document: &RawDocumentBuf) -> Outcome<Self> {
        let document: Document = deserialize_from_slice(document.as_bytes())?;
        match document.get_i64(FORMAT_FIELD) {
            Ok(FORMAT) => Ok(deserialize_from_document(document)?),
            Ok(other) => {
                let text = format!("the file has format {other}, and this program knows {FORMAT} only");
                Err(Failure::internal(text))
            }
            Err(_) => Err(Failure::internal("the file is no backup of Quits")),
        }
    }
}

/// Writes a backup.
pub(super) struct Writer<W: Write>(GzEncoder<Sealing<W>>);

/// Computes the checksum of the bytes that pass through.
struct Sealing<W> {
    to: W,
    digest: Sha256,
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<W: Write> Writer<W> {
    pub(super) fn begin(to: W, header: &Header) -> Outcome<Self> {
        let sealing = Sealing { to, digest: Sha256::new() };
        let mut writer = Self(GzEncoder::new(sealing, Compression::default()));
        writer.add(&serialize_to_raw_document_buf(header)?)?;
        Ok(writer)
    }

    pub(super) fn add(&mut self, document: &RawDocument) -> Outcome<()> {
        self.0.write_all(document.as_bytes()).map_err(internal)
    }

    /// Appends the checksum; without it the file is not a valid backup.
    pub(super) fn finish(self) -> Outcome<()> {
        let Sealing { mut to, digest } = self.0.finish().map_err(internal)?;
        to.write_all(&digest.finalize()).map_err(internal)?;
        to.flush().map_err(internal)
    }
}

/// Reads a valid backup.
pub(super) struct Reader {
    pub(super) header: Header,
    documents: GzDecoder<BufReader<io::Take<File>>>,
}

impl Reader {
    /// Validates the whole file, then starts from its beginning.
    pub(super) fn open(mut file: File) -> Outcome<Self> {
        let length = check_seal(&mut file)?;
        let mut first = Self::begin(file, length)?;
        for _ in 0..first.header.documents() {
            first.next()?;
        }
        if first.documents.read(&mut [0]).map_err(damaged)? != 0 {
            return Err(damaged("there is more in it than its header says"));
        }
        Self::begin(first.documents.into_inner().into_inner().into_inner(), length)
    }

    fn begin(mut file: File, length: u64) -> Outcome<Self> {
        file.rewind().map_err(internal)?;
        let mut documents = GzDecoder::new(BufReader::new(file.take(length)));
        let header = Header::read(&next(&mut documents)?)?;
        Ok(Self { header, documents })
    }

    pub(super) fn next(&mut self) -> Outcome<RawDocumentBuf> {
        next(&mut self.documents)
    }
}

/// Verifies the checksum; returns the number of bytes before it.
fn check_seal(file: &mut File) -> Outcome<u64> {
    file.rewind().map_err(internal)?;
    let whole = file.metadata().map_err(internal)?.len();
    let length = whole.checked_sub(SEAL).ok_or_else(|| damaged("it is too short"))?;
    let mut digest = Sha256::new();
    io::copy(&mut Read::by_ref(file).take(length), &mut digest).map_err(internal)?;
    let mut seal = Vec::new();
    file.read_to_end(&mut seal).map_err(internal)?;
    if digest.finalize().as_slice() == seal { Ok(length) } else { Err(damaged("its seal does not hold")) }
}

fn next(documents: &mut impl Read) -> Outcome<RawDocumentBuf> {
    let mut length = [0; 4];
    documents.read_exact(&mut length).map_err(damaged)?;
    let bytes = usize::try_from(i32::from_le_bytes(length)).unwrap_or(0);
    if !(length.len()..=LARGEST_DOCUMENT).contains(&bytes) {
        return Err(damaged("a document has an impossible length"));
    }
    let mut document = vec![0; bytes];
    document[..length.len()].copy_from_slice(&length);
    documents.read_exact(&mut document[length.len()..]).map_err(damaged)?;
    RawDocumentBuf::from_bytes(document).map_err(damaged)
}

#[allow(clippy::needless_pass_by_value, reason = "map_err passes the error by value")]
fn damaged(how: impl ToString) -> Failure {
    Failure::internal(format!("the file is not a whole backup, it was cut short or altered: {}", how.to_string()))
}

//! The commands that make a new `mongod` the primary of its own replica set. The driver could send them too, but
//! everybody who starts Quits for the first time would wait for it to compile before anything else begins.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// The set's name; the server has to be started with it.
pub(super) const REPLICA_SET: &str = "rs0";

/// The one kind of message that current servers take.
const OP_MSG: i32 = 2013;

/// How a reply's BSON looks where the server may be written to.
const IS_PRIMARY: &[u8] = b"\x08isWritablePrimary\0\x01";
/// ... where it was told to be in a set and is in none.
const IN_NO_SET: &[u8] = b"\x08isreplicaset\0\x01";
/// ... and where it did what was asked: `ok: 1.0`.
const OK: &[u8] = b"\x01ok\0\0\0\0\0\0\0\xf0\x3f";

/// Whether the server on this port may be written to; makes it form its set if it has none.
pub(super) fn make_primary(port: u16) -> io::Result<bool> {
    let mut server = TcpStream::connect(("127.0.0.1", port))?;
    server.set_read_timeout(Some(Duration::from_secs(10)))?;
    let hello = ask(&mut server, Document::default().integer("hello", 1))?;
    if contains(&hello, IN_NO_SET) {
        form_set(&mut server, port)?;
    }
    Ok(contains(&hello, IS_PRIMARY))
}

fn form_set(server: &mut TcpStream, port: u16) -> io::Result<()> {
    let initiated = ask(server, Document::default().nested(OBJECT, "replSetInitiate", configuration(port)))?;
    if !contains(&initiated, OK) {
        // Its data is of a set on another port, so it does not find itself there.
        let reconfigure = Document::default().nested(OBJECT, "replSetReconfig", configuration(port));
        ask(server, reconfigure.boolean("force", true))?;
    }
    Ok(())
}

fn configuration(port: u16) -> Document {
    let member = Document::default().integer("_id", 0).string("host", &format!("127.0.0.1:{port}"));
    let members = Document::default().nested(OBJECT, "0", member);
    Document::default().string("_id", REPLICA_SET).integer("version", 1).nested(ARRAY, "members", members)
}

fn ask(server: &mut TcpStream, command: Document) -> io::Result<Vec<u8>> {
    let body = command.string("$db", "admin").bytes();
    let (request_id, response_to, flags, section_kind) = (1_i32, 0_i32, 0_i32, 0_u8);
    let mut message = Vec::new();
    for number in [length(&body) + 21, request_id, response_to, OP_MSG, flags] {
        message.extend(number.to_le_bytes());
    }
    message.push(section_kind);
    message.extend(body);
    server.write_all(&message)?;

    let mut size = [0; 4];
    server.read_exact(&mut size)?;
    let rest = u32::from_le_bytes(size).saturating_sub(4);
    let mut reply = Vec::new();
    server.take(rest.into()).read_to_end(&mut reply)?;
    Ok(reply)
}

const STRING: u8 = 0x02;
const OBJECT: u8 = 0x03;
const ARRAY: u8 = 0x04;
const BOOLEAN: u8 = 0x08;
const INTEGER: u8 = 0x10;

/// The elements of a BSON document.
#[derive(Default)]
struct Document(Vec<u8>);

impl Document {
    fn string(self, key: &str, value: &str) -> Self {
        let text = [value.as_bytes(), b"\0"].concat();
        self.element(STRING, key, &[&length(&text).to_le_bytes(), text.as_slice()].concat())
    }

    fn integer(self, key: &str, value: i32) -> Self {
        self.element(INTEGER, key, &value.to_le_bytes())
    }

    fn boolean(self, key: &str, value: bool) -> Self {
        self.element(BOOLEAN, key, &[value.into()])
    }

    fn nested(self, kind: u8, key: &str, value: Self) -> Self {
        self.element(kind, key, &value.bytes())
    }

    fn element(mut self, kind: u8, key: &str, value: &[u8]) -> Self {
        self.0.push(kind);
        self.0.extend(key.as_bytes());
        self.0.push(0);
        self.0.extend(value);
        self
    }

    fn bytes(self) -> Vec<u8> {
        let size = length(&self.0) + 5;
        [&size.to_le_bytes(), self.0.as_slice(), b"\0"].concat()
    }
}

fn length(bytes: &[u8]) -> i32 {
    i32::try_from(bytes.len()).unwrap_or(i32::MAX)
}

fn contains(reply: &[u8], part: &[u8]) -> bool {
    reply.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_bson() {
        let bytes = Document::default().integer("a", 1).string("b", "x").bytes();
        assert_eq!(bytes, b"\x15\0\0\0\x10a\0\x01\0\0\0\x02b\0\x02\0\0\0x\0\0");
    }

    #[test]
    fn a_primary_is_told_from_a_secondary() {
        assert!(contains(b"..\x08isWritablePrimary\0\x01..", IS_PRIMARY));
        assert!(!contains(b"..\x08isWritablePrimary\0\0..", IS_PRIMARY));
    }
}

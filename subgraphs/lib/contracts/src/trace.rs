//! The thread that ties one request together across services, as W3C Trace Context writes it
//! (<https://www.w3.org/TR/trace-context/>).

use std::{fmt, sync::OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tracing::Span;
use uuid::Uuid;

/// The HTTP header that carries a trace.
pub const TRACEPARENT: &str = "traceparent";

/// The one flag that is known.
const SAMPLED: u8 = 1;

/// Makes a span a part of a trace, and gives the trace as it goes on from there.
pub type Within = fn(Trace, &Span) -> Trace;

/// Set by whoever exports spans; nobody does at first.
static WITHIN: OnceLock<Within> = OnceLock::new();

/// The trace a piece of work belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    /// What all work of one request shares; never zero.
    pub trace_id: u128,
    /// The span that caused this work; never zero.
    pub parent_id: u64,
    /// Whether spans of this trace are exported.
    pub sampled: bool,
}

impl Trace {
    /// A new trace, for work that nobody asked for from outside.
    pub fn start() -> Self {
        Self { trace_id: Uuid::new_v4().as_u128(), parent_id: Uuid::new_v4().as_u64_pair().1, sampled: true }
    }

    /// From now on, spans are made part of their traces in this way. Counts once per process.
    pub fn export_spans(within: Within) {
        let _ = WITHIN.set(within);
    }

    /// The trace as it goes on from a span that works on it: what that causes names the span as its parent. Without
    /// an exporter there are no spans to name, and the trace goes on as it came.
    #[must_use]
    pub fn within(self, span: &Span) -> Self {
        WITHIN.get().map_or(self, |within| within(self, span))
    }

    /// Reads a `traceparent` header; `None` when it is not one of version 00.
    pub fn parse(header: &str) -> Option<Self> {
        let mut parts = header.split('-');
        let (version, trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let well_formed = version == "00" && trace.len() == 32 && parent.len() == 16 && flags.len() == 2;
        let hexadecimal = header.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'));
        if !well_formed || !hexadecimal || parts.next().is_some() {
            return None;
        }
        let trace_id = u128::from_str_radix(trace, 16).ok().filter(|id| *id != 0)?;
        let parent_id = u64::from_str_radix(parent, 16).ok().filter(|id| *id != 0)?;
        let sampled = u8::from_str_radix(flags, 16).ok()? & SAMPLED != 0;
        Some(Self { trace_id, parent_id, sampled })
    }

    /// The id that all work of one request shares: 32 hexadecimal digits.
    pub fn id(&self) -> String {
        format!("{:032x}", self.trace_id)
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flags = if self.sampled { SAMPLED } else { 0 };
        write!(f, "00-{:032x}-{:016x}-{flags:02x}", self.trace_id, self.parent_id)
    }
}

impl Serialize for Trace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Trace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A trace that cannot be read must not lose the message that carries it.
        Ok(Self::parse(&String::deserialize(deserializer)?).unwrap_or_else(Self::start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_and_trace_are_the_same() {
        for (flags, sampled) in [("01", true), ("00", false)] {
            let header = format!("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{flags}");
            let trace = Trace::parse(&header).unwrap();
            assert_eq!(trace.to_string(), header);
            assert_eq!(trace.sampled, sampled);
            assert_eq!(trace.id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        }
    }

    #[test]
    fn what_is_not_a_trace_is_refused() {
        for header in [
            "",
            "00-0-0-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ] {
            assert_eq!(Trace::parse(header), None, "{header}");
        }
    }
}

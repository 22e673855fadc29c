//! Distributed tracing: the W3C Trace Context of a request (<https://www.w3.org/TR/trace-context/>).

use std::{fmt, sync::OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tracing::Span;
use uuid::Uuid;

/// The HTTP header that carries a trace.
pub const TRACEPARENT: &str = "traceparent";

/// The only flag that is used.
const SAMPLED: u8 = 1;

/// Attaches a span to a trace; returns the trace with that span as the parent.
pub type Within = fn(Trace, &Span) -> Trace;

/// Set when an exporter of spans is installed.
static WITHIN: OnceLock<Within> = OnceLock::new();

/// The trace that a piece of work belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Common to all work of one request; never zero.
    pub trace_id: u128,
    /// The span that caused this work; never zero.
    pub parent_id: u64,
    /// Whether spans of this trace are exported.
    pub sampled: bool,
}

impl Trace {
    /// Starts a trace, for work that no request has caused.
    pub fn start() -> Self {
        Self { trace_id: Uuid::new_v4().as_u128(), parent_id: Uuid::new_v4().as_u64_pair().1, sampled: true }
    }

    /// Installs the function that attaches spans to traces. Only the first call per process has an effect.
    pub fn export_spans(within: Within) {
        let _ = WITHIN.set(within);
    }

    /// Returns the trace with a span as the parent of whatever it causes. Without an exporter there are no spans, and
    /// the trace is returned unchanged.
    #[must_use]
    pub fn within(self, span: &Span) -> Self {
        WITHIN.get().map_or(self, |within| within(self, span))
    }

    /// Parses a `traceparent` header; `None` if it is not of version 00.
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

    /// Returns the trace id as 32 hexadecimal digits.
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
        // An invalid trace must not make the message unreadable.
        Ok(Self::parse(&String::deserialize(deserializer)?).unwrap_or_else(Self::start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_are_serialized_without_loss() {
        for (flags, sampled) in [("01", true), ("00", false)] {
            let header = format!("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{flags}");
            let trace = Trace::parse(&header).unwrap();
            assert_eq!(trace.to_string(), header);
            assert_eq!(trace.sampled, sampled);
            assert_eq!(trace.id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        }
    }

    #[test]
    fn invalid_headers_are_refused() {
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

//! The thread that ties one request together across services, as W3C Trace Context writes it
//! (<https://www.w3.org/TR/trace-context/>).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// The HTTP header that carries a trace.
pub const TRACEPARENT: &str = "traceparent";

/// The trace a piece of work belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    trace_id: u128,
    parent_id: u64,
}

impl Trace {
    /// A new trace, for work that nobody asked for from outside.
    pub fn start() -> Self {
        Self { trace_id: Uuid::new_v4().as_u128(), parent_id: Uuid::new_v4().as_u64_pair().1 }
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
        Some(Self { trace_id, parent_id })
    }

    /// The id that all work of one request shares: 32 hexadecimal digits.
    pub fn id(&self) -> String {
        format!("{:032x}", self.trace_id)
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-01", self.trace_id, self.parent_id)
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
        let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let trace = Trace::parse(header).unwrap();
        assert_eq!(trace.to_string(), header);
        assert_eq!(trace.id(), "4bf92f3577b34da6a3ce929d0e0e4736");
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

//! The log: text for people, or one JSON object per line with the trace id as a top-level field.

use std::fmt;

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id},
};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, filter_fn},
    fmt::{
        FmtContext, FormatEvent, FormatFields, MakeWriter,
        format::{Format, Json, JsonFields, Writer},
    },
    layer::Context,
    registry::LookupSpan,
};

use super::own_spans::{TRACE_ID, is_span};
use crate::{
    failure::{Failure, Outcome},
    settings::LogFormat,
};

/// Creates a layer that writes the events selected by the directives.
pub fn log<S, W>(directives: &str, format: LogFormat, writer: W) -> Outcome<Box<dyn Layer<S> + Send + Sync>>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let directives =
        EnvFilter::try_new(directives).map_err(|error| Failure::internal(format!("QUITS_LOG: {error}")))?;
    // Spans are enabled at any level, so that a warning has its trace id even if only warnings are written.
    let filter = directives.or(filter_fn(is_span));
    let layer = tracing_subscriber::fmt::layer().with_writer(writer);
    Ok(match format {
        LogFormat::Text => layer.with_ansi(false).with_filter(filter).boxed(),
        LogFormat::Json => {
            let json = Format::default().json().flatten_event(true).with_current_span(false);
            let lines = layer.fmt_fields(JsonFields::new()).event_format(WithTraceId(json));
            TraceIds.and_then(lines).with_filter(filter).boxed()
        }
    })
}

/// Stores the trace id of each span that has one.
struct TraceIds;

struct TraceId(String);

#[derive(Default)]
struct FindTraceId(Option<TraceId>);

impl<S> Layer<S> for TraceIds
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, ctx: Context<'_, S>) {
        let mut found = FindTraceId::default();
        attributes.record(&mut found);
        if let (Some(trace_id), Some(span)) = (found.0, ctx.span(id)) {
            span.extensions_mut().insert(trace_id);
        }
    }
}

impl Visit for FindTraceId {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == TRACE_ID {
            self.0 = Some(TraceId(value.to_owned()));
        }
    }

    fn record_debug(&mut self, _field: &Field, _value: &dyn fmt::Debug) {}
}

/// Formats a JSON line that begins with the trace id, if there is one.
struct WithTraceId(Format<Json>);

impl<S, N> FormatEvent<S, N> for WithTraceId
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, ctx: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut line = String::new();
        self.0.format_event(ctx, Writer::new(&mut line), event)?;
        let mut spans = ctx.event_scope().into_iter().flatten();
        let trace_id = spans.find_map(|span| span.extensions().get::<TraceId>().map(|id| id.0.clone()));
        match (trace_id, line.strip_prefix('{')) {
            (Some(id), Some(rest)) => write!(writer, r#"{{"{TRACE_ID}":"{id}",{rest}"#),
            _ => writer.write_str(&line),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use serde_json::Value;
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn lines(directives: &str, work: impl FnOnce()) -> Vec<Value> {
        let written = Written::default();
        let writer = written.clone();
        let log = log(directives, LogFormat::Json, move || writer.clone()).unwrap();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(log), work);
        let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        written.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_line_inside_a_request_has_its_trace_id() {
        let lines = lines("info", || {
            tracing::info_span!("request", trace_id = "abc", operation = "Trip").in_scope(|| {
                tracing::info!(errors = 0, "answered");
                tracing::info_span!("step").in_scope(|| tracing::warn!("deeper"));
            });
            tracing::info!("outside");
        });
        assert_eq!((&lines[0]["trace_id"], &lines[0]["message"]), (&"abc".into(), &"answered".into()));
        assert_eq!(lines[0]["spans"][0]["operation"], "Trip");
        assert_eq!((&lines[1]["trace_id"], &lines[1]["message"]), (&"abc".into(), &"deeper".into()));
        assert!(lines[2].get("trace_id").is_none());
    }

    #[test]
    fn a_warning_has_its_trace_id_at_level_warn() {
        let lines = lines("warn", || {
            let span = tracing::info_span!("request", trace_id = "abc");
            span.in_scope(|| {
                tracing::info!("not written");
                tracing::warn!("written");
            });
        });
        assert_eq!(lines.len(), 1);
        assert_eq!((&lines[0]["trace_id"], &lines[0]["message"]), (&"abc".into(), &"written".into()));
    }
}

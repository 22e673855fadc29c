//! The response format of `generateContent`: candidates with parts of text.

use serde::Deserialize;

use crate::GeminiFailure;

/// The maximum size of a response body: its text and the thoughts that may accompany it.
pub(crate) const MAX_BYTES: usize = 256 * 1_024;

const MAX_TEXT_BYTES: usize = 64 * 1_024;

/// Unknown fields are allowed here, because the service adds new ones from time to time.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    #[serde(default)]
    candidates: Vec<Candidate>,
    prompt_feedback: Option<Feedback>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    content: Option<Content>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default)]
    parts: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    text: Option<String>,
    #[serde(default)]
    thought: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Feedback {
    block_reason: Option<String>,
}

/// Returns the text of a complete answer.
pub(crate) fn text(body: &[u8]) -> Result<String, GeminiFailure> {
    let invalid = GeminiFailure::Invalid;
    let reply: Reply = serde_json::from_slice(body).map_err(|_| invalid("it is not a reply of generateContent"))?;
    if reply.prompt_feedback.is_some_and(|feedback| feedback.block_reason.is_some()) {
        return Err(invalid("the prompt was blocked"));
    }
    let candidate = reply.candidates.into_iter().next().ok_or(invalid("it has no candidate"))?;
    if candidate.finish_reason.as_deref() != Some("STOP") {
        return Err(invalid("it is not finished"));
    }
    let parts = candidate.content.map(|content| content.parts).unwrap_or_default();
    let text: String = parts.into_iter().filter(|part| !part.thought).filter_map(|part| part.text).collect();
    match text.len() {
        0 => Err(invalid("it has no text")),
        length if length > MAX_TEXT_BYTES => Err(invalid("its text is too long")),
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(reply: &Value) -> Result<String, GeminiFailure> {
        text(reply.to_string().as_bytes())
    }

    fn finished(parts: &Value) -> Value {
        json!({ "candidates": [{ "content": { "role": "model", "parts": parts }, "finishReason": "STOP" }] })
    }

    #[test]
    fn parts_are_joined_and_thoughts_left_out() {
        let parts = json!([
            { "text": "I should ...", "thought": true },
            { "text": "{\"a\":", "thoughtSignature": "c2ln" },
            { "text": "1}" },
            { "inlineData": { "mimeType": "image/png", "data": "" } },
        ]);
        assert_eq!(read(&finished(&parts)).unwrap(), "{\"a\":1}");
    }

    #[test]
    fn an_incomplete_answer_is_refused() {
        let mut cut = finished(&json!([{ "text": "{}" }]));
        cut["candidates"][0]["finishReason"] = json!("MAX_TOKENS");
        let mut unfinished = cut.clone();
        unfinished["candidates"][0].as_object_mut().unwrap().remove("finishReason");
        let mut blocked = finished(&json!([{ "text": "{}" }]));
        blocked["promptFeedback"] = json!({ "blockReason": "SAFETY" });
        let long = finished(&json!([{ "text": " ".repeat(MAX_TEXT_BYTES + 1) }]));
        let empty = finished(&json!([]));
        let bare = json!({ "candidates": [{ "finishReason": "STOP" }] });
        for reply in [cut, unfinished, blocked, long, empty, bare, json!({ "candidates": [] }), json!({}), json!([1])] {
            assert!(matches!(read(&reply), Err(GeminiFailure::Invalid(_))), "{reply}");
        }
    }
}

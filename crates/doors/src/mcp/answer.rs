//! What a tool answers: an output, cut where it is too long to be read, or what went wrong.

use g8_domain::{Error, ErrorKind};
use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::{Value, json};

/// Characters of an answer: some 25,000 tokens, where assistants cut it off themselves.
const MOST: usize = 100_000;
/// What the note about a cut may take of them.
const NOTE: usize = 500;

/// An output, as data and as text.
pub fn success(mut output: Value) -> CallToolResult {
    without_nulls(&mut output);
    let text = output.to_string();
    if text.len() <= MOST {
        return told(text, Some(output));
    }
    match fewer(output, text.len()) {
        Some(output) => told(output.to_string(), Some(output)),
        None => told(shorter(text), None),
    }
}

/// Most fields of most records are empty, and each would be read for nothing.
fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

fn told(text: String, data: Option<Value>) -> CallToolResult {
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    result.structured_content = data;
    result
}

/// A list's first elements, as many as may be shown, and how to get the others.
fn fewer(mut output: Value, length: usize) -> Option<Value> {
    let items = output["data"].as_array_mut()?;
    let sizes: Vec<usize> = items.iter().map(|item| item.to_string().len() + 1).collect();
    let around = length.saturating_sub(sizes.iter().sum());
    let mut left = MOST.checked_sub(around + NOTE)?;
    let fitting = sizes.iter().take_while(|size| {
        let fits = **size <= left;
        left = left.saturating_sub(**size);
        fits
    });
    let (shown, all) = (fitting.count(), sizes.len());
    if shown == 0 {
        return None;
    }
    items.truncate(shown);
    let rest = match output["pagination"].as_object_mut() {
        Some(page) => {
            // It leads to what comes behind those that were left out.
            page.remove("next_cursor");
            format!(
                "ask again with a `limit` of {shown} at most, and go on with the `next_cursor` you get then"
            )
        }
        None => "ask for less".to_owned(),
    };
    output["note"] =
        format!("Only {shown} of {all} are shown, the answer was too long. For the rest {rest}.").into();
    Some(output)
}

fn shorter(mut text: String) -> String {
    let all = text.len();
    let mut end = MOST - NOTE;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text.push_str(&format!("\n[Cut: {end} of {all} bytes are shown. Ask for less, one record at a time.]"));
    text
}

/// An error: what went wrong, what to try, and the same for a program.
pub fn refusal(error: &Error) -> CallToolResult {
    let wait = error.data.as_ref().and_then(|data| data["retry_after"].as_i64());
    let retryable = matches!(error.kind, ErrorKind::TooMany | ErrorKind::Unavailable | ErrorKind::Internal);
    let mut data = json!({
        "code": code(error.kind),
        "message": error.message,
        "retryable": retryable,
        "retry_after_seconds": wait,
    });
    if let Some(details) = &error.data {
        data["details"] = Value::clone(details);
    }
    let mut spoken = data.clone();
    spoken.as_object_mut().and_then(|spoken| spoken.remove("message"));
    let text = format!("Error: {}{}\n{spoken}", error.message, advice(error.kind));
    let mut result = CallToolResult::error(vec![ContentBlock::text(text)]);
    result.structured_content = Some(data);
    result
}

fn code(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Invalid | ErrorKind::Method | ErrorKind::TooLarge | ErrorKind::MediaType => {
            "invalid_arguments"
        }
        ErrorKind::Unauthorized => "unauthorized",
        ErrorKind::Forbidden => "forbidden",
        ErrorKind::NotFound => "not_found",
        ErrorKind::Conflict => "conflict",
        ErrorKind::Rule => "rule",
        ErrorKind::TooMany => "rate_limited",
        ErrorKind::Internal => "internal",
        ErrorKind::Unavailable => "unavailable",
        ErrorKind::Late => "timeout",
    }
}

fn advice(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Invalid => " Correct the arguments and call again.",
        ErrorKind::Unauthorized => " Ask the user for a valid API key.",
        ErrorKind::Forbidden => " Do not retry; ask the user for a key with that scope.",
        ErrorKind::NotFound => " Search for the right id first.",
        ErrorKind::Internal => " Trying again later may help; nothing was changed.",
        ErrorKind::TooMany => " Wait that long before the next call.",
        ErrorKind::Unavailable => " Try again in a moment.",
        ErrorKind::Late => " It may still be carried out: look before you repeat it.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(result: &CallToolResult) -> String {
        serde_json::to_value(result).unwrap()["content"][0]["text"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_long_list_is_cut_between_two_elements_and_says_how_to_go_on() {
        let items: Vec<Value> = (0..1000).map(|id| json!({ "id": id, "note": "ü".repeat(100) })).collect();
        let page = json!({ "page": 1, "limit": 1000, "has_next": true, "next_cursor": "abc" });
        let result = success(json!({ "data": items, "pagination": page }));
        let (text, data) = (text(&result), result.structured_content.unwrap());
        assert!(text.len() <= MOST);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), data);
        let shown = data["data"].as_array().unwrap().len();
        assert!(shown > 300 && data["data"][shown - 1]["id"] == shown - 1);
        let note = data["note"].as_str().unwrap();
        assert!(
            note.contains(&format!("Only {shown} of 1000")) && note.contains(&format!("`limit` of {shown}")),
            "{note}"
        );
        assert!(data["pagination"].get("next_cursor").is_none(), "it would skip what was left out");
    }

    #[test]
    fn what_is_short_is_left_alone_and_one_long_record_is_cut_as_text() {
        let short = success(json!({ "data": [1, 2], "next": null }));
        assert_eq!(
            (text(&short), short.structured_content),
            ("{\"data\":[1,2]}".to_owned(), Some(json!({ "data": [1, 2] })))
        );
        for long in [json!({ "note": "ü".repeat(MOST) }), json!({ "data": ["ü".repeat(MOST)] })] {
            let result = success(long);
            assert!(text(&result).len() <= MOST && text(&result).contains("[Cut: "));
            assert!(result.structured_content.is_none());
        }
    }

    #[test]
    fn an_error_says_when_to_come_back() {
        let error = Error::new(ErrorKind::TooMany, "Too fast.").with(json!({ "retry_after": 7 }));
        let result = refusal(&error);
        let data = result.structured_content.clone().unwrap();
        assert_eq!(
            (&data["code"], &data["retryable"], &data["retry_after_seconds"]),
            (&json!("rate_limited"), &json!(true), &json!(7))
        );
        assert!(
            text(&result).starts_with("Error: Too fast.")
                && text(&result).contains("\"retry_after_seconds\":7")
        );
    }
}

//! What a vendor says of a fault in its own words, fit to be shown.

use serde_json::Value;
use url::form_urlencoded::byte_serialize;

/// Characters of it that are shown.
const LONGEST: usize = 300;
/// Where vendors put a sentence, the most telling first: JSON pointers (RFC 6901) into the body.
const PLACES: &[&str] = &[
    "/message",
    "/0/message",
    "/error/message",
    "/error_description",
    "/errors/0/message",
    "/errors/0/detail",
    "/errors/0/details",
    "/errors/0",
    "/detail",
    "/title",
    "/reason",
    "/error",
];

/// What was sent as a secret, so that it is not repeated when the other side repeats it.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// Remembers one, as it is and as it stands in a URL or form.
    pub fn add(&mut self, secret: &str) {
        if secret.is_empty() {
            return;
        }
        self.0.extend([secret.to_owned(), byte_serialize(secret.as_bytes()).collect()]);
        // One that holds another goes first, or its rest would be left.
        self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    }

    fn hide(&self, text: String) -> String {
        self.0.iter().fold(text, |text, secret| text.replace(secret, "…"))
    }
}

/// The sentence in an answer's body: of JSON in one of the usual shapes, or of plain text.
pub(crate) fn said(body: &[u8], is_text: bool, secrets: &Secrets) -> Option<String> {
    let sentence = match serde_json::from_slice::<Value>(body) {
        Ok(json) => PLACES.iter().find_map(|place| Some(json.pointer(place)?.as_str()?.to_owned()))?,
        Err(_) if is_text => String::from_utf8_lossy(body).into_owned(),
        Err(_) => return None,
    };
    Some(clean(&sentence, secrets)).filter(|sentence| !sentence.is_empty())
}

/// One line without secrets and without characters that nobody sees, of bounded length.
pub(crate) fn clean(text: &str, secrets: &Secrets) -> String {
    let seen = text.chars().filter(|&char| !is_hidden(char)).collect();
    let one_line = secrets.hide(seen).replace(char::is_control, " ");
    let words: Vec<&str> = one_line.split_whitespace().collect();
    let line = secrets.hide(words.join(" "));
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Characters that turn or hide what stands beside them.
fn is_hidden(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<String> {
        said(body.as_bytes(), false, &Secrets::default())
    }

    #[test]
    fn the_sentence_is_found_in_every_usual_shape() {
        for body in [
            r#"{"status":"error","message":"No such list","category":"X"}"#,
            r#"[{"message":"No such list","errorCode":"NOT_FOUND"}]"#,
            r#"{"error":{"message":"No such list","code":100}}"#,
            r#"{"error":"invalid_grant","error_description":"No such list"}"#,
            r#"{"errors":[{"message":"No such list"}]}"#,
            r#"{"errors":[{"detail":"No such list"},{"detail":"b"}]}"#,
            r#"{"errors":[{"id":"x","code":404,"details":"No such list"}]}"#,
            r#"{"errors":["No such list"]}"#,
            r#"{"type":"about:blank","title":"t","detail":"No such list"}"#,
            r#"{"title":"No such list"}"#,
            r#"{"success":false,"error":"No such list"}"#,
            r#"{"success":false,"reason":"No such list"}"#,
        ] {
            assert_eq!(of(body).as_deref(), Some("No such list"), "{body}");
        }
    }

    #[test]
    fn pages_and_empty_answers_say_nothing_and_plain_text_does() {
        for body in
            ["", "{}", "null", "[]", r#"{"message":7}"#, r#"{"message":" \n"}"#, "<html>Bad gateway</html>"]
        {
            assert_eq!(of(body), None, "{body}");
        }
        assert_eq!(said(b"upstream\nis gone", true, &Secrets::default()).unwrap(), "upstream is gone");
    }

    #[test]
    fn it_is_one_bounded_line_that_hides_nothing() {
        let sly = "a\r\nb\u{1b}[31m\u{202e}c\u{0}\td\u{200b}e";
        assert_eq!(clean(sly, &Secrets::default()), "a b [31mc de");
        let long = clean(&"ä".repeat(5000), &Secrets::default());
        assert_eq!(long.chars().count(), LONGEST + 1);
    }

    #[test]
    fn what_was_sent_as_a_secret_is_not_repeated() {
        let mut secrets = Secrets::default();
        secrets.add("abc");
        secrets.add("abc+def/1");
        secrets.add("");
        assert_eq!(clean("The key abc+def/1 is unknown, abc too", &secrets), "The key … is unknown, … too");
        assert_eq!(clean("GET /?key=abc%2Bdef%2F1&x=1", &secrets), "GET /?key=…&x=1");
        secrets.add("open  sesame");
        secrets.add("open barley");
        assert_eq!(clean("not open  sesame, not open\r\nbarley", &secrets), "not …, not …");
        // Neither by letters that nobody sees within it, nor cut short by the limit.
        assert_eq!(clean("key abc\u{200b}+def/1", &secrets), "key …");
        assert!(!clean(&format!("{}abc+def/1", "x".repeat(LONGEST - 3)), &secrets).contains("abc"));
    }
}

//! Small changes of source files that are there: an element more in a list, a line more among its like.

use crate::Result;

/// Adds an element at the end of the list that follows `name`: `const EVENTS`, `scopes:`.
///
/// # Errors
/// There is no such list.
pub fn push(text: &str, name: &str, element: &str) -> Result<String> {
    let missing = || format!("there is no list after `{name}`");
    let mut at = text.find(name).ok_or_else(missing)? + name.len();
    if !name.ends_with(':') {
        // The type of a constant has brackets of its own.
        at += text[at..].find('=').ok_or_else(missing)?;
    }
    let open = at + text[at..].find('[').ok_or_else(missing)?;
    let close = open + end(&text[open..]).ok_or_else(missing)?;
    let inside = text[open + 1..close].trim_end();
    let comma = if inside.trim().is_empty() || inside.ends_with(',') { "" } else { "," };
    Ok(format!("{}{comma}{element},{}", &text[..open + 1 + inside.len()], &text[close..]))
}

/// Where the bracket that a text begins with is closed.
fn end(text: &str) -> Option<usize> {
    let (mut depth, mut quoted) = (0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Adds a line behind the last one that begins with `start`, or behind the comment at the top of the file.
pub fn add_line(text: &str, start: &str, line: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let top = lines.iter().take_while(|known| known.starts_with("//!") || known.trim().is_empty()).count();
    let behind = lines.iter().rposition(|known| known.starts_with(start)).map_or(top, |last| last + 1);
    lines.insert(behind, line);
    lines.join("\n") + "\n"
}

/// Puts a text before the first `anchor` behind `from`.
///
/// # Errors
/// It is not there.
pub fn before(text: &str, from: &str, anchor: &str, new: &str) -> Result<String> {
    let missing = || format!("there is no `{anchor}` behind `{from}`");
    let start = text.find(from).ok_or_else(missing)?;
    let at = start + text[start..].find(anchor).ok_or_else(missing)?;
    Ok(format!("{}{new}{}", &text[..at], &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_get_an_element_wherever_they_break() {
        assert_eq!(push("const A: &[u8] = &[];", "const A", "1"), Ok("const A: &[u8] = &[1,];".to_owned()));
        let text = "const A: &[u8] =\n    &[1, [2][0]];\nconst B: &[u8] = &[];";
        assert_eq!(
            push(text, "const A", "3"),
            Ok("const A: &[u8] =\n    &[1, [2][0],3,];\nconst B: &[u8] = &[];".to_owned())
        );
        assert_eq!(
            push("scopes: &[(\"]\", 1),\n],", "scopes:", "2"),
            Ok("scopes: &[(\"]\", 1),2,],".to_owned())
        );
        assert!(push("const A: u8 = 1;", "const B", "3").is_err());
    }

    #[test]
    fn lines_go_among_their_like_or_behind_the_comment_at_the_top() {
        assert_eq!(
            add_line("//! A.\n\nuse a;\nfn f() {}\n", "use ", "use b;"),
            "//! A.\n\nuse a;\nuse b;\nfn f() {}\n"
        );
        assert_eq!(add_line("//! A.\n\nfn f() {}\n", "mod ", "mod b;"), "//! A.\n\nmod b;\nfn f() {}\n");
        assert_eq!(
            before("fn a() { Ok(1) } fn b() { Ok(1) }", "fn b", "Ok(", "x;"),
            Ok("fn a() { Ok(1) } fn b() { x;Ok(1) }".to_owned())
        );
        assert!(before("fn a() {}", "fn a", "Ok(", "x;").is_err());
    }
}

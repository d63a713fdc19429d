//! Paths in what a macro is given, which is not parsed as code.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use syn::ext::IdentExt;

/// A path as written, and its line.
pub type Written = (Vec<String>, usize);

/// Every path and lone name, and every string that is a path of this crate, as attributes of serde have it.
/// Fields, methods and a macro's own variables are none.
pub fn paths(tokens: TokenStream) -> Vec<Written> {
    let mut scan = Scan { found: Vec::new(), open: None, before: Vec::new() };
    scan.all(tokens);
    scan.found
}

struct Scan {
    found: Vec<Written>,
    /// The path that is being read.
    open: Option<Written>,
    /// The marks since the last name.
    before: Vec<char>,
}

impl Scan {
    fn all(&mut self, tokens: TokenStream) {
        for tree in tokens {
            match tree {
                TokenTree::Ident(ident) => self.name(&ident),
                TokenTree::Punct(mark) => self.before.push(mark.as_char()),
                TokenTree::Literal(literal) => {
                    self.close();
                    self.string(&literal);
                }
                TokenTree::Group(group) => {
                    self.close();
                    self.all(group.stream());
                }
            }
        }
        self.close();
    }

    fn name(&mut self, ident: &Ident) {
        let name = ident.unraw().to_string();
        let before = std::mem::take(&mut self.before);
        if let [':', ':'] = before[..]
            && let Some((path, _)) = &mut self.open
        {
            path.push(name);
            return;
        }
        self.close();
        let starts = match before[..] {
            // `$crate` is a path, `$name` whatever is put there; `>::name` belongs to a type.
            [.., '$'] => ident == "crate",
            [.., '.', '.'] => true,
            [.., '.'] | [.., ':', ':'] => false,
            _ => true,
        };
        self.open = starts.then(|| (vec![name], ident.span().start().line));
    }

    fn string(&mut self, literal: &Literal) {
        let text = literal.to_string();
        let text = text.trim_matches('"');
        let ours = ["crate::", "super::", "self::"].iter().any(|start| text.starts_with(start));
        if ours && text.chars().all(|letter| letter == ':' || letter == '_' || letter.is_alphanumeric()) {
            let path = text.split("::").map(str::to_owned).collect();
            self.found.push((path, literal.span().start().line));
        }
    }

    fn close(&mut self) {
        self.found.extend(self.open.take());
        self.before.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(tokens: &str) -> Vec<String> {
        let tokens = tokens.parse::<TokenStream>().unwrap();
        paths(tokens).into_iter().map(|(path, _)| path.join("::")).collect()
    }

    #[test]
    fn paths_are_read_through_groups_and_fields_are_not() {
        assert_eq!(shown("(crate::a::b(x.y.z), super::C { d: 1 })"), ["crate::a::b", "x", "super::C", "d"]);
        assert_eq!(shown("0..end"), ["end"]);
    }

    #[test]
    fn variables_of_macros_and_paths_of_other_crates_are_none() {
        assert_eq!(shown("$crate::events::Event for $name::T"), ["crate::events::Event", "for"]);
        assert_eq!(shown("::std::fmt"), Vec::<String>::new());
    }

    #[test]
    fn strings_that_are_paths_of_the_crate_count() {
        assert_eq!(
            shown("with = \"crate::wire::day\", about = \"crate:: or not\""),
            ["with", "crate::wire::day", "about"]
        );
    }
}

//! Every page that links lead to, one of each sort.

use crate::{Result, axe, tab::Tab};
use serde_json::Value;
use std::collections::{BTreeSet, VecDeque};

const LINKS: &str = "return [...document.querySelectorAll('a[href]')].map(a => new URL(a.href))
    .filter(url => url.origin === location.origin).map(url => url.pathname)";

/// Visits every sort of page, and looks at it; says how many there are.
pub async fn crawl(tab: Tab<'_>, axe: &str) -> Result<usize> {
    let mut known = BTreeSet::new();
    let mut queue = VecDeque::from(["/".to_owned()]);
    let mut faults = Vec::new();
    while let Some(path) = queue.pop_front() {
        if !known.insert(sort_of(&path)) {
            continue;
        }
        tab.go(&path).await?;
        let title = tab.script("return document.title").await?;
        let headings = tab.script("return document.querySelectorAll('h1').length").await?;
        if headings != 1 {
            faults.push(format!("{path} ({title}) has {headings} headings of the first order"));
        }
        faults.extend(axe::faults(tab, axe).await?);
        let links = tab.script(LINKS).await?;
        queue.extend(
            links
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .filter(|link| is_page(link))
                .map(str::to_owned),
        );
    }
    if faults.is_empty() { Ok(known.len()) } else { Err(faults.join("\n").into()) }
}

/// The interface and files are no pages.
fn is_page(path: &str) -> bool {
    !["/api/", "/v1/", "/assets/", "/mcp"].iter().any(|start| path.starts_with(start))
        && !path.ends_with("/download")
        && !path.ends_with("/file")
}

/// The path with ids replaced.
fn sort_of(path: &str) -> String {
    let is_id =
        |part: &str| !part.is_empty() && (part.bytes().all(|byte| byte.is_ascii_digit()) || part.len() == 36);
    path.split('/').map(|part| if is_id(part) { "{id}" } else { part }).collect::<Vec<_>>().join("/")
}

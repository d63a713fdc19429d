//! What stands in somebody's way: axe-core's rules, and a page that is wider than the telephone.

use crate::{Result, tab::Tab};
use serde_json::Value;

/// Width, height, and whether it is dark.
const LOOKS: [(u32, u32, bool); 4] =
    [(1280, 900, false), (1280, 900, true), (375, 800, false), (375, 800, true)];

const RUN: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
        found => done(found.violations.map(fault => ({
            rule: fault.id, help: fault.help,
            at: fault.nodes.slice(0, 3).map(node => node.html.slice(0, 300) + ' ' + (node.any[0]?.message ?? '')),
        }))),
        fault => done([{ rule: 'axe', help: String(fault), at: [] }]));";

/// Looks at the page as it is, in every way people look at it; says all that is wrong.
pub async fn faults(tab: Tab<'_>, axe: &str) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    tab.driver.execute(axe, Vec::new()).await?;
    for (width, height, dark) in LOOKS {
        tab.look_as(width, height, dark).await?;
        let found = tab.driver.execute_async(RUN, Vec::new()).await?.json().clone();
        let here = format!("{} at {width} px{}", tab.path().await?, if dark { ", dark" } else { "" });
        for fault in found.as_array().into_iter().flatten() {
            faults.push(format!("{here}: {}", shown(fault)));
        }
        let wide = tab.script("return document.documentElement.scrollWidth - window.innerWidth").await?;
        if wide.as_i64().unwrap_or_default() > 0 {
            faults.push(format!("{here}: {wide} px wider than the window"));
        }
    }
    tab.look_as(1280, 900, false).await?;
    Ok(faults)
}

fn shown(fault: &Value) -> String {
    let at: Vec<&str> = fault["at"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    format!(
        "{}: {}\n    {}",
        fault["rule"].as_str().unwrap_or("?"),
        fault["help"].as_str().unwrap_or(""),
        at.join("\n    ")
    )
}

//! Arrows between crates point down, and only where the map has one.

use super::{members, name};
use serde_json::Value;

/// Every crate, bottom up, and what it may depend on. A new edge is a decision: it is written here.
const MAP: &[(&str, &[&str])] = &[
    ("g8-domain", &[]),
    ("g8-config", &["g8-domain"]),
    ("g8-auth", &["g8-domain"]),
    ("g8-storage", &["g8-domain"]),
    ("g8-connect", &["g8-domain"]),
    ("g8-service", &["g8-domain", "g8-config", "g8-auth", "g8-storage", "g8-connect"]),
    ("g8-client", &["g8-domain", "g8-config", "g8-service"]),
    ("g8-doors", &["g8-domain", "g8-service"]),
    ("g8-console", &["g8-domain", "g8-service", "g8-doors"]),
    ("g8-http-server", &["g8-domain", "g8-config", "g8-service", "g8-doors", "g8-console"]),
    ("g8-mcp-server", &["g8-domain", "g8-config", "g8-service", "g8-client", "g8-doors"]),
    ("g8-cli", &["g8-domain", "g8-config", "g8-connect", "g8-service", "g8-client", "g8-doors"]),
    ("g8-examples", &["g8-config", "g8-service", "g8-client"]),
    // Tools: they know the product by its programs only.
    ("g8-bench", &[]),
    ("g8-browser", &[]),
    ("g8-chaos", &[]),
    ("xtask", &[]),
];

/// Crates that only one other crate may know; the benchmark measures against bare sqlx.
const KEPT_IN: &[(&str, &[&str])] =
    &[("sqlx", &["g8-storage", "g8-bench"]), ("rmcp", &["g8-doors"]), ("argon2", &["g8-auth"])];

pub fn faults(metadata: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for package in members(metadata) {
        let Some((_, allowed)) = MAP.iter().find(|(known, _)| *known == name(package)) else {
            faults.push(format!("{} is not on the map in xtask/src/tidy/arrows.rs", name(package)));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            // Tests may reach anywhere.
            if !dependency["kind"].is_null() {
                continue;
            }
            let target = name(dependency);
            let ours = MAP.iter().any(|(known, _)| *known == target);
            if ours && !allowed.contains(&target) {
                faults.push(format!("{} may not depend on {target}: arrows point down", name(package)));
            }
            if KEPT_IN.iter().any(|(kept, only)| *kept == target && !only.contains(&name(package))) {
                faults.push(format!("{} may not know {target}", name(package)));
            }
        }
    }
    faults
}

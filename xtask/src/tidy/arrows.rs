//! Arrows between crates point down, and only where the map has one.

use super::{is_area, members, name};
use serde_json::Value;

/// Every crate but the areas, bottom up, and what it may depend on; [`AREAS`] stands for any area. A new edge
/// is a decision: it is written here.
const MAP: &[(&str, &[&str])] = &[
    ("g8-domain", &[]),
    ("g8-config", &["g8-domain"]),
    ("g8-auth", &["g8-domain"]),
    ("g8-storage", &["g8-domain"]),
    ("g8-connect", &["g8-domain"]),
    ("g8-core", &["g8-domain", "g8-config", "g8-auth", "g8-storage", "g8-connect"]),
    ("g8-client", &["g8-domain", "g8-config", "g8-core"]),
    ("g8-doors", &["g8-domain", "g8-core"]),
    ("g8-operate", &["g8-domain", "g8-config", "g8-auth", "g8-storage", "g8-connect", "g8-core"]),
    ("g8-product", &["g8-domain", "g8-config", "g8-storage", "g8-core", AREAS, "g8-operate"]),
    ("g8-console", &["g8-domain", "g8-core", AREAS, "g8-doors", "g8-product"]),
    (
        "g8-http-server",
        &["g8-domain", "g8-config", "g8-core", AREAS, "g8-operate", "g8-doors", "g8-console", "g8-product"],
    ),
    ("g8-mcp-server", &["g8-domain", "g8-config", "g8-core", "g8-client", "g8-doors", "g8-product"]),
    (
        "g8-cli",
        &[
            "g8-domain",
            "g8-config",
            "g8-connect",
            "g8-core",
            AREAS,
            "g8-operate",
            "g8-client",
            "g8-doors",
            "g8-product",
        ],
    ),
    ("g8-examples", &["g8-config", "g8-core", AREAS, "g8-client", "g8-product"]),
    // Tools: they know the product by its programs only.
    ("g8-bench", &[]),
    ("g8-browser", &[]),
    // It is served by the product's own site.
    ("g8-conformance", &["g8-config", "g8-domain", "g8-core", "g8-doors"]),
    ("g8-chaos", &[]),
    ("xtask", &[]),
];

/// Any package below crates/areas.
const AREAS: &str = "any area";

/// What an area may depend on, so that a new area needs no row of its own.
const BELOW_AREAS: &[&str] = &["g8-domain", "g8-config", "g8-auth", "g8-storage", "g8-connect", "g8-core"];

/// Protocols are spoken by doors.
const NOT_IN_AREAS: &[&str] = &["axum", "rmcp"];

/// Crates that only one other crate may know; the benchmark measures against bare sqlx.
const KEPT_IN: &[(&str, &[&str])] = &[
    ("sqlx", &["g8-storage", "g8-bench"]),
    ("rusqlite", &["g8-storage"]),
    ("rmcp", &["g8-doors", "g8-browser", "g8-conformance"]),
    ("argon2", &["g8-auth"]),
];

pub fn faults(metadata: &Value) -> Vec<String> {
    let areas: Vec<&str> = members(metadata).filter(|package| is_area(metadata, package)).map(name).collect();
    let mut faults = Vec::new();
    for package in members(metadata) {
        match allowed(name(package), &areas) {
            Some(allowed) => faults.extend(arrows(package, allowed, &areas)),
            None => faults.push(format!("{} is not on the map in xtask/src/tidy/arrows.rs", name(package))),
        }
    }
    faults
}

fn allowed(package: &str, areas: &[&str]) -> Option<&'static [&'static str]> {
    if areas.contains(&package) {
        return Some(BELOW_AREAS);
    }
    MAP.iter().find(|(known, _)| *known == package).map(|(_, allowed)| *allowed)
}

/// The faults of one package's dependencies.
fn arrows(package: &Value, allowed: &[&str], areas: &[&str]) -> Vec<String> {
    let package_is_area = areas.contains(&name(package));
    let mut faults = Vec::new();
    for target in normal_dependencies(package) {
        let target_is_area = areas.contains(&target);
        let ours = target_is_area || MAP.iter().any(|(known, _)| *known == target);
        let permitted = allowed.contains(&target) || (target_is_area && allowed.contains(&AREAS));
        if ours && !permitted {
            faults.push(format!("{} may not depend on {target}: arrows point down", name(package)));
        }
        let kept = KEPT_IN.iter().any(|(kept, only)| *kept == target && !only.contains(&name(package)));
        if kept || (package_is_area && NOT_IN_AREAS.contains(&target)) {
            faults.push(format!("{} may not know {target}", name(package)));
        }
    }
    faults
}

/// Tests and build scripts may reach anywhere.
fn normal_dependencies(package: &Value) -> impl Iterator<Item = &str> {
    let all = package["dependencies"].as_array().into_iter().flatten();
    all.filter(|dependency| dependency["kind"].is_null()).map(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A workspace of packages: name, folder, normal dependencies.
    fn workspace(packages: &[(&str, &str, &[&str])]) -> Value {
        let package = |(name, folder, dependencies): &(&str, &str, &[&str])| {
            let normal = |target: &&str| json!({ "name": target, "kind": null });
            let dependencies: Vec<Value> = dependencies.iter().map(normal).collect();
            json!({
                "name": name,
                "source": null,
                "manifest_path": format!("/repository/{folder}/Cargo.toml"),
                "dependencies": dependencies,
            })
        };
        let packages: Vec<Value> = packages.iter().map(package).collect();
        json!({ "workspace_root": "/repository", "packages": packages })
    }

    #[test]
    fn an_area_needs_no_row_and_may_know_all_that_lies_below() {
        let metadata = workspace(&[
            ("g8-orchard", "crates/areas/orchard", &["g8-core", "g8-storage", "g8-auth", "serde"]),
            ("g8-product", "crates/product", &["g8-orchard", "g8-core", "g8-operate"]),
            ("g8-console", "crates/console", &["g8-orchard", "g8-product"]),
        ]);
        assert_eq!(faults(&metadata), Vec::<String>::new());
    }

    #[test]
    fn an_area_knows_no_other_area_and_no_door() {
        let above = ["g8-meadow", "g8-doors", "g8-console", "g8-client", "g8-product", "axum", "rmcp"];
        let metadata = workspace(&[
            ("g8-orchard", "crates/areas/orchard", &above),
            ("g8-meadow", "crates/areas/meadow", &[]),
        ]);
        let faults = faults(&metadata);
        assert_eq!(faults.len(), above.len());
        for target in above {
            assert!(faults.iter().any(|fault| fault.starts_with("g8-orchard") && fault.contains(target)));
        }
    }

    #[test]
    fn only_those_with_a_row_for_areas_know_them_and_unknown_packages_are_named() {
        let metadata = workspace(&[
            ("g8-orchard", "crates/areas/orchard", &[]),
            ("g8-core", "crates/core", &["g8-orchard"]),
            ("g8-stranger", "crates/stranger", &[]),
        ]);
        assert_eq!(
            faults(&metadata),
            [
                "g8-core may not depend on g8-orchard: arrows point down",
                "g8-stranger is not on the map in xtask/src/tidy/arrows.rs",
            ]
        );
    }

    #[test]
    fn tests_may_reach_anywhere_and_sqlx_is_kept_in_storage() {
        let mut metadata = workspace(&[("g8-core", "crates/core", &["sqlx", "g8-doors"])]);
        metadata["packages"][0]["dependencies"][1]["kind"] = json!("dev");
        assert_eq!(faults(&metadata), ["g8-core may not know sqlx"]);
    }
}

//! Permissive licences only; deny.toml says the same to cargo-deny.

use super::{name, packages};
use serde_json::Value;

const ALLOWED: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unicode-3.0",
    "Unlicense",
    "CC0-1.0",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
    "MIT-0",
];

pub fn faults(metadata: &Value) -> Vec<String> {
    let bad = |package: &&Value| !permits(package["license"].as_str().unwrap_or_default());
    packages(metadata)
        .filter(bad)
        .map(|package| {
            format!("{} has the licence {}, which is not on the list", name(package), package["license"])
        })
        .collect()
}

/// Whether an SPDX expression can be met by licences on the list. Nested parentheses do not occur.
fn permits(expression: &str) -> bool {
    let flat = expression.replace('/', " OR ");
    // `(A OR B) AND C`: each part must be permitted, each by any of its choices.
    flat.split(" AND ").all(|part| {
        let part = part.trim().trim_start_matches('(').trim_end_matches(')');
        part.split(" OR ").any(|licence| ALLOWED.contains(&licence.trim().trim_matches(['(', ')'])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_need_one_and_sums_need_all() {
        assert!(
            permits("MIT OR GPL-3.0")
                && permits("(MIT OR Apache-2.0) AND Unicode-3.0")
                && permits("MIT/Apache-2.0")
        );
        assert!(!permits("GPL-3.0") && !permits("MIT AND MPL-2.0") && !permits(""));
    }
}

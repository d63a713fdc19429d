//! How much a key may ask for (seed 000 "Rate limits", seed 001; contract/platform.md B5).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most requests in a second, a minute and a day; `None` is no such limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plan {
    /// In any second.
    pub per_second: Option<u32>,
    /// In any minute.
    pub per_minute: Option<u32>,
    /// From midnight to midnight, UTC.
    pub per_day: Option<u32>,
}

/// The plan of an organization that was given none.
pub const DEFAULT_PLAN: &str = "developer";

impl Plan {
    /// No limit at all.
    pub const UNLIMITED: Self = Self { per_second: None, per_minute: None, per_day: None };

    /// The lower of two plans in each respect.
    #[must_use]
    pub fn lower(self, other: Self) -> Self {
        let lower = |one: Option<u32>, two: Option<u32>| match (one, two) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self {
            per_second: lower(self.per_second, other.per_second),
            per_minute: lower(self.per_minute, other.per_minute),
            per_day: lower(self.per_day, other.per_day),
        }
    }
}

/// The plans of an installation, by name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Plans(pub BTreeMap<String, Plan>);

impl Default for Plans {
    /// The published plans: every one has ten a second as burst (B5).
    fn default() -> Self {
        let plan = |minute, day| Plan { per_second: Some(10), per_minute: Some(minute), per_day: day };
        let plans = [
            ("starter", plan(60, Some(10_000))),
            ("pro", plan(120, Some(50_000))),
            ("enterprise", plan(300, None)),
            (DEFAULT_PLAN, plan(200, None)),
            ("unlimited", Plan::UNLIMITED),
        ];
        Self(plans.map(|(name, plan)| (name.to_owned(), plan)).into())
    }
}

impl Plans {
    /// The built-in plans with those of `over` in their place or beside them.
    #[must_use]
    pub fn with(mut self, over: Self) -> Self {
        self.0.extend(over.0);
        self
    }

    /// The plan of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Plan> {
        self.0.get(name).copied()
    }

    /// What a key may ask for: its organization's plan, cut down to the key's own. A plan that the
    /// configuration does not have (any more) counts as the default one.
    #[must_use]
    pub fn of(&self, org: &str, key: Option<&str>) -> Plan {
        let named = |name: &str| self.get(name).or_else(|| self.get(DEFAULT_PLAN)).unwrap_or_default();
        key.map_or_else(|| named(org), |key| named(org).lower(named(key)))
    }

    /// The names, for a sentence.
    #[must_use]
    pub fn names(&self) -> String {
        self.0.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_can_have_less_than_its_organization_and_never_more() {
        let plans = Plans::default();
        assert_eq!(plans.of("starter", Some("enterprise")), plans.get("starter").unwrap());
        assert_eq!(plans.of("enterprise", Some("starter")), plans.get("starter").unwrap());
        assert_eq!(plans.of("unlimited", Some("pro")), plans.get("pro").unwrap());
        assert_eq!(plans.of("retired", None), plans.get(DEFAULT_PLAN).unwrap());
    }
}

//! How much a key may ask for (seed 000 "Rate limits", seed 001; contract/platform.md B5).

use serde::{Deserialize, Deserializer, Serialize, de};
use std::{collections::BTreeMap, fmt};

/// Most requests in a second, a minute and a day; `None` is no such limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
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

/// One limit as an operator writes it: a number from 1 on, or `"unlimited"`. Nothing at all changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most(Option<u32>);

impl<'de> Deserialize<'de> for Most {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl de::Visitor<'_> for Words {
            type Value = Most;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a whole number from 1 to {}, or \"unlimited\"", u32::MAX)
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Most, E> {
                let most = u32::try_from(number).ok().filter(|most| *most > 0);
                most.map(|most| Most(Some(most)))
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Signed(number), &self))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Most, E> {
                self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<Most, E> {
                match word {
                    "unlimited" => Ok(Most(None)),
                    other => Err(E::invalid_value(de::Unexpected::Str(other), &self)),
                }
            }
        }
        deserializer.deserialize_any(Words)
    }
}

/// What an operator says of one plan; what is left out stays as it is built in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlanChange {
    /// In any second.
    pub per_second: Option<Most>,
    /// In any minute.
    pub per_minute: Option<Most>,
    /// From midnight to midnight, UTC.
    pub per_day: Option<Most>,
}

/// What an operator says of plans, by name.
pub type PlanChanges = BTreeMap<String, PlanChange>;

/// The plans of an installation, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// These plans, changed. A plan of another name is made from the default one, so that no limit is lifted
    /// by leaving out a line.
    #[must_use]
    pub fn with(mut self, changes: PlanChanges) -> Self {
        let usual = self.get(DEFAULT_PLAN).unwrap_or_default();
        for (name, change) in changes {
            let plan = self.0.entry(name).or_insert(usual);
            let set = |limit: &mut Option<u32>, most: Option<Most>| {
                if let Some(Most(most)) = most {
                    *limit = most;
                }
            };
            set(&mut plan.per_second, change.per_second);
            set(&mut plan.per_minute, change.per_minute);
            set(&mut plan.per_day, change.per_day);
        }
        self
    }

    /// The lowest of all in each respect.
    #[must_use]
    pub fn lowest(&self) -> Plan {
        self.0.values().fold(Plan::UNLIMITED, |lowest, plan| lowest.lower(*plan))
    }

    /// The plan of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Plan> {
        self.0.get(name).copied()
    }

    /// What a key may ask for: its organization's plan, cut down to the key's own. A plan that the
    /// configuration does not have (any more) counts as the lowest: what it allowed is not known.
    #[must_use]
    pub fn of(&self, org: &str, key: Option<&str>) -> Plan {
        let named = |name: &str| self.get(name).unwrap_or_else(|| self.lowest());
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
        assert_eq!(plans.of("retired", None), plans.get("starter").unwrap());
        assert_eq!(plans.of("enterprise", Some("retired")), plans.get("starter").unwrap());
    }

    fn changed(text: &str) -> Result<Plans, serde_json::Error> {
        Ok(Plans::default().with(serde_json::from_str(text)?))
    }

    #[test]
    fn a_line_that_is_left_out_lifts_no_limit() {
        let plans = changed(r#"{"starter": {"per_minute": 90}, "gold": {"per_minute": 1000}}"#).unwrap();
        let plan = |minute, day| Plan { per_second: Some(10), per_minute: Some(minute), per_day: day };
        assert_eq!(plans.get("starter"), Some(plan(90, Some(10_000))));
        assert_eq!(plans.get("gold"), Some(plan(1000, None)));
        let free = changed(r#"{"starter": {"per_second": "unlimited", "per_day": "unlimited"}}"#).unwrap();
        let minutes = Plan { per_minute: Some(60), ..Plan::UNLIMITED };
        assert_eq!(free.get("starter"), Some(minutes));
    }

    #[test]
    fn what_is_no_limit_is_refused_in_a_sentence() {
        for wrong in ["0", "-1", "4294967296", "\"none\"", "1.5"] {
            let refused = changed(&format!(r#"{{"gold": {{"per_day": {wrong}}}}}"#)).unwrap_err().to_string();
            let expected = "expected a whole number from 1 to 4294967295, or \"unlimited\"";
            assert!(refused.contains(expected), "{refused}");
        }
    }
}

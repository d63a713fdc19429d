//! Amounts of money: whole hundredths, so that sums are exact; a plain JSON number to callers.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;

/// Hundredths of a currency's unit; in JSON a number of units, as `1250` or `99.5`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(pub i64);

impl Money {
    /// The largest amount, in units, and the smallest when negative: sums of many stay exact.
    pub const MOST: f64 = 1e12;

    /// The amount that is so many units, or what is wrong with it, worded to follow the field's name.
    ///
    /// # Errors
    /// One clause, as `"must have at most 2 decimals"`.
    pub fn of(units: f64) -> Result<Self, String> {
        if !units.is_finite() || units.abs() > Self::MOST {
            return Err("must be a number between -1,000,000,000,000 and 1,000,000,000,000".to_owned());
        }
        let text = format!("{units:.2}");
        if text.parse::<f64>() != Ok(units) {
            return Err("must have at most 2 decimals".to_owned());
        }
        text.replace('.', "").parse().map(Self).map_err(|_| "must be a number".to_owned())
    }

    /// The number of units; exact to the hundredth for every amount that [`Money::of`] takes.
    fn units(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0 % 100 == 0 { to.serialize_i64(self.0 / 100) } else { to.serialize_f64(self.units()) }
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // Sums may be larger than one amount is.
        let hundredths = f64::deserialize(from)? * 100.0;
        format!("{hundredths:.0}").parse().map(Self).map_err(de::Error::custom)
    }
}

impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        "Money".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_hundredths_and_refuse_what_has_more() {
        for (units, hundredths, shown) in [
            (0.1, 10, "0.1"),
            (1250.0, 125_000, "1250"),
            (-99.99, -9_999, "-99.99"),
            (999_999_999_999.99, 99_999_999_999_999, "999999999999.99"),
        ] {
            let money = Money::of(units).unwrap();
            assert_eq!((money.0, serde_json::to_string(&money).unwrap().as_str()), (hundredths, shown));
            assert_eq!(serde_json::from_str::<Money>(shown).unwrap(), money);
        }
        for bad in [f64::NAN, f64::INFINITY, 1e12 + 1.0, -2e12, 0.001, 10.005] {
            assert!(Money::of(bad).is_err(), "{bad}");
        }
    }
}

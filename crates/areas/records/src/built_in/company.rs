//! The fields of a company that a caller can write, and what they must look like.

use super::checked;
use g8_core::Number;
use g8_domain::{Error, Issue, Patch, record::Company, value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What can be written of a company. A field left out stays; `null` or an empty text clears it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CompanyFields {
    /// Name
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub name: Patch<String>,
    /// Web site as example.com; unique within the organization
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub domain: Patch<String>,
    /// Full web address
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub website: Patch<String>,
    /// What the company does
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// Industry
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub industry: Patch<String>,
    /// Group of industries
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub industry_group: Patch<String>,
    /// Number of employees
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub employee_count: Patch<Number>,
    /// Yearly revenue in whole units
    #[schemars(extend("x-alias" = ["annual_revenue"]))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub revenue: Patch<Number>,
    /// Year of foundation
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub founded_year: Patch<Number>,
    /// Phone
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub phone: Patch<String>,
    /// Street address
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub address: Patch<String>,
    /// City
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub city: Patch<String>,
    /// State or region
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state: Patch<String>,
    /// Country
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub country: Patch<String>,
    /// Postal code
    #[schemars(length(max = 32))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub zip: Patch<String>,
    /// LinkedIn page; unique within the organization
    #[schemars(length(max = 500), extend("x-alias" = ["linkedin"]))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub linkedin_url: Patch<String>,
    /// Followers on LinkedIn
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub linkedin_followers: Patch<Number>,
    /// Facebook page
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub facebook_url: Patch<String>,
    /// Twitter or X page
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub twitter_url: Patch<String>,
    /// Crunchbase page
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub crunchbase_url: Patch<String>,
    /// Address of the logo
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub logo_url: Patch<String>,
}

impl CompanyFields {
    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        serde_json::to_value(self).is_ok_and(|value| value.as_object().is_some_and(serde_json::Map::is_empty))
    }

    /// The same fields in the form in which they are stored and compared.
    pub(crate) fn canonical(mut self) -> Result<Self, Vec<Issue>> {
        let mut issues = Vec::new();
        self.domain = checked("domain", self.domain, value::site, &mut issues);
        self.linkedin_url = checked("linkedin_url", self.linkedin_url, value::linkedin, &mut issues);
        if issues.is_empty() { Ok(self) } else { Err(issues) }
    }

    /// The same fields in canonical form, if the company can be recognized by them. A web site says
    /// the domain where none is given.
    ///
    /// # Errors
    /// Every fault; neither a domain nor a LinkedIn address.
    pub(crate) fn recognizable(mut self) -> Result<Self, Error> {
        if self.domain.is_keep() {
            self.domain = self.website.clone();
        }
        let fields = self.canonical().map_err(|issues| Error::invalid(&issues))?;
        if fields.domain.value().is_none() && fields.linkedin_url.value().is_none() {
            return Err(Error::field("domain", "or `linkedin_url` is required"));
        }
        Ok(fields)
    }

    /// Writes the fields into a company.
    pub(crate) fn apply(self, company: &mut Company) {
        self.name.trimmed().apply(&mut company.name);
        self.website.trimmed().apply(&mut company.website);
        self.description.trimmed().apply(&mut company.description);
        self.industry.trimmed().apply(&mut company.industry);
        self.industry_group.trimmed().apply(&mut company.industry_group);
        self.phone.trimmed().apply(&mut company.phone);
        self.address.trimmed().apply(&mut company.address);
        self.city.trimmed().apply(&mut company.city);
        self.state.trimmed().apply(&mut company.state);
        self.country.trimmed().apply(&mut company.country);
        self.zip.trimmed().apply(&mut company.zip);
        self.facebook_url.trimmed().apply(&mut company.facebook_url);
        self.twitter_url.trimmed().apply(&mut company.twitter_url);
        self.crunchbase_url.trimmed().apply(&mut company.crunchbase_url);
        self.logo_url.trimmed().apply(&mut company.logo_url);
        self.domain.apply(&mut company.domain);
        self.linkedin_url.apply(&mut company.linkedin_url);
        self.employee_count.map(|number| number.0).apply(&mut company.employee_count);
        self.revenue.map(|number| number.0).apply(&mut company.revenue);
        self.founded_year.map(|number| number.0).apply(&mut company.founded_year);
        self.linkedin_followers.map(|number| number.0).apply(&mut company.linkedin_followers);
    }
}

//! Which records a list shows, as callers say it and as the database is asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which contacts; every filter that is given must hold.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ContactFilter {
    /// Exact work e-mail address
    #[schemars(length(max = 254))]
    pub email: Option<String>,
    /// Members of this list
    pub list_id: Option<i64>,
    /// Part of the first or last name
    #[schemars(length(max = 255))]
    pub name: Option<String>,
    /// Part of the job title
    #[schemars(length(max = 255))]
    pub job_title: Option<String>,
    /// Exact seniority, as C-Suite, VP, Director, Manager
    #[schemars(length(max = 64), extend("x-alias" = ["seniority"]))]
    pub seniority_level: Option<String>,
    /// Part of the company's name
    #[schemars(length(max = 255), extend("x-alias" = ["company"]))]
    pub company_name: Option<String>,
    /// Contacts of this company
    pub company_id: Option<i64>,
    /// Exact country
    #[schemars(length(max = 255))]
    pub country: Option<String>,
    /// Exact state or region
    #[schemars(length(max = 255))]
    pub state: Option<String>,
    /// Part of the city
    #[schemars(length(max = 255))]
    pub city: Option<String>,
    /// Part of the department
    #[schemars(length(max = 255))]
    pub job_department: Option<String>,
    /// Part of the company's industry
    #[schemars(length(max = 255))]
    pub industry: Option<String>,
}

/// Which companies; every filter that is given must hold. Ranges include both ends.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CompanyFilter {
    /// Exact domain, as example.com
    #[schemars(length(max = 255))]
    pub domain: Option<String>,
    /// Part of the industry
    #[schemars(length(max = 255))]
    pub industry: Option<String>,
    /// Part of the name
    #[schemars(length(max = 255))]
    pub name: Option<String>,
    /// Part of the description
    #[schemars(length(max = 255))]
    pub description: Option<String>,
    /// Members of this list
    pub list_id: Option<i64>,
    /// Fewest employees
    pub employee_count_min: Option<i64>,
    /// Most employees
    pub employee_count_max: Option<i64>,
    /// Lowest yearly revenue
    pub revenue_min: Option<i64>,
    /// Highest yearly revenue
    pub revenue_max: Option<i64>,
    /// Earliest year of foundation
    pub founded_year_min: Option<i64>,
    /// Latest year of foundation
    pub founded_year_max: Option<i64>,
    /// Fewest followers on LinkedIn
    pub linkedin_followers_min: Option<i64>,
    /// Most followers on LinkedIn
    pub linkedin_followers_max: Option<i64>,
    /// Exact country
    #[schemars(length(max = 255))]
    pub country: Option<String>,
    /// Exact state or region
    #[schemars(length(max = 255))]
    pub state: Option<String>,
    /// Part of the city
    #[schemars(length(max = 255))]
    pub city: Option<String>,
}

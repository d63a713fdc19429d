//! A company as its events say it.

use super::CompanyDetail;
use crate::events::CompanyPayload;
use g8_domain::record::Company;

impl From<CompanyDetail> for CompanyPayload {
    fn from(view: CompanyDetail) -> Self {
        Self {
            id: view.row.id,
            name: view.row.name,
            description: view.row.description,
            domain: view.row.domain,
            website: view.row.website,
            industry: view.row.industry,
            industry_group: view.row.industry_group,
            employee_count: view.row.employee_count,
            revenue: view.row.revenue,
            founded_year: view.row.founded_year,
            city: view.row.city,
            state: view.row.state,
            country: view.row.country,
            linkedin_url: view.row.linkedin_url,
            linkedin_followers: view.row.linkedin_followers,
            logo_url: view.row.logo_url,
            owner_id: view.row.owner_id,
            owner_name: view.row.owner_name,
            custom_fields: view.row.custom_fields,
            phone: view.phone,
            address: view.address,
            zip: view.zip,
            facebook_url: view.facebook_url,
            twitter_url: view.twitter_url,
            crunchbase_url: view.crunchbase_url,
            meta_data: view.meta_data,
            contact_count: view.contact_count,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

impl From<Company> for CompanyPayload {
    fn from(company: Company) -> Self {
        CompanyDetail::from(company).into()
    }
}

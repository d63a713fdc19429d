//! A contact as its events say it.

use super::{ContactDetail, EmployerView};
use crate::events::{ContactPayload, EmployerPayload};

impl From<ContactDetail> for ContactPayload {
    fn from(view: ContactDetail) -> Self {
        Self {
            id: view.row.id,
            first_name: view.row.first_name,
            last_name: view.row.last_name,
            full_name: view.row.full_name,
            work_email: view.row.work_email,
            direct_phone: view.row.direct_phone,
            mobile_phone: view.row.mobile_phone,
            job_title: view.row.job_title,
            job_department: view.row.job_department,
            seniority_level: view.row.seniority_level,
            linkedin_url: view.row.linkedin_url,
            city: view.row.city,
            state: view.row.state,
            country: view.row.country,
            company_id: view.row.company_id,
            company_name: view.row.company_name,
            company_domain: view.row.company_domain,
            company_industry: view.row.company_industry,
            company_employee_count: view.row.company_employee_count,
            confidence_score: view.row.confidence_score,
            owner_id: view.row.owner_id,
            owner_name: view.row.owner_name,
            custom_fields: view.row.custom_fields,
            updated_at: view.row.updated_at,
            personal_emails: view.personal_emails,
            twitter_url: view.twitter_url,
            facebook_url: view.facebook_url,
            about: view.about,
            company: view.company.map(EmployerPayload::from),
            meta_data: view.meta_data,
            created_at: view.created_at,
        }
    }
}

impl From<EmployerView> for EmployerPayload {
    fn from(view: EmployerView) -> Self {
        Self {
            id: view.id,
            name: view.name,
            domain: view.domain,
            website: view.website,
            industry: view.industry,
            employee_count: view.employee_count,
            city: view.city,
            state: view.state,
            country: view.country,
            linkedin_url: view.linkedin_url,
            logo_url: view.logo_url,
        }
    }
}

//! The statements of our list and our contact (`contacts::page`, `contacts::get`, `companies::get`).

pub const COUNT: &str = "SELECT COUNT(*) AS n FROM contacts c WHERE c.org_id = $1 AND c.deleted_at IS NULL";
pub const PAGE: &str =
    "SELECT c.*, co.name AS company_name, co.domain AS company_domain, co.industry AS company_industry,
     co.employee_count AS company_employee_count, u.name AS owner_name
     FROM contacts c LEFT JOIN companies co ON co.id = c.company_id LEFT JOIN users u ON u.id = c.owner_id
     WHERE c.org_id = $1 AND c.deleted_at IS NULL ORDER BY c.id DESC LIMIT $2 OFFSET $3";
pub const CONTACT: &str =
    "SELECT c.*, co.name AS company_name, co.domain AS company_domain, co.industry AS company_industry,
     co.employee_count AS company_employee_count, u.name AS owner_name
     FROM contacts c LEFT JOIN companies co ON co.id = c.company_id LEFT JOIN users u ON u.id = c.owner_id
     WHERE c.org_id = $1 AND c.id = $2 AND c.deleted_at IS NULL";
pub const COMPANY: &str = "SELECT co.*, u.name AS owner_name,
     (SELECT COUNT(*) FROM contacts c WHERE c.company_id = co.id AND c.deleted_at IS NULL) AS contact_count
     FROM companies co LEFT JOIN users u ON u.id = co.owner_id
     WHERE co.org_id = $1 AND co.id = $2 AND co.deleted_at IS NULL";

-- One index of parts for all texts of a record: a record that is added goes into one, not four, of them.
DROP INDEX contacts_name_part;
DROP INDEX contacts_title_part;
DROP INDEX contacts_department_part;
DROP INDEX contacts_city_part;
CREATE INDEX contacts_parts ON contacts USING gin (name_fold gin_trgm_ops, job_title_fold gin_trgm_ops,
    job_department_fold gin_trgm_ops, city_fold gin_trgm_ops);
DROP INDEX companies_name_part;
DROP INDEX companies_industry_part;
DROP INDEX companies_city_part;
DROP INDEX companies_description_part;
CREATE INDEX companies_parts ON companies USING gin (name_fold gin_trgm_ops, industry_fold gin_trgm_ops,
    city_fold gin_trgm_ops, description_fold gin_trgm_ops);

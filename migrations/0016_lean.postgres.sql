-- Less to keep up with each change. What has no LinkedIn address or company is not in their indexes; events
-- are forgotten by their ids, which begin with the time.
DROP INDEX contacts_linkedin;
CREATE UNIQUE INDEX contacts_linkedin ON contacts (org_id, linkedin_url)
    WHERE deleted_at IS NULL AND linkedin_url IS NOT NULL;
DROP INDEX contacts_by_company;
CREATE INDEX contacts_by_company ON contacts (company_id, id) WHERE deleted_at IS NULL AND company_id IS NOT NULL;
DROP INDEX companies_linkedin;
CREATE UNIQUE INDEX companies_linkedin ON companies (org_id, linkedin_url)
    WHERE deleted_at IS NULL AND linkedin_url IS NOT NULL;
DROP INDEX events_by_age;

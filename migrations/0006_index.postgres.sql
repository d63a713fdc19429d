-- Parts of texts, found by their trigrams (pg_trgm is a trusted extension: the database's owner may
-- create it), and counts that the engine keeps with every change.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX contacts_name_part ON contacts USING gin (name_fold gin_trgm_ops);
CREATE INDEX contacts_title_part ON contacts USING gin (job_title_fold gin_trgm_ops);
CREATE INDEX contacts_department_part ON contacts USING gin (job_department_fold gin_trgm_ops);
CREATE INDEX contacts_city_part ON contacts USING gin (city_fold gin_trgm_ops);
CREATE INDEX companies_name_part ON companies USING gin (name_fold gin_trgm_ops);
CREATE INDEX companies_industry_part ON companies USING gin (industry_fold gin_trgm_ops);
CREATE INDEX companies_city_part ON companies USING gin (city_fold gin_trgm_ops);
CREATE INDEX companies_description_part ON companies USING gin (description_fold gin_trgm_ops);

-- One row a statement and organization, whichever number of records it touched.
CREATE FUNCTION g8_count_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO record_counts AS c (org_id, subject, slot, n)
        SELECT org_id, TG_ARGV[0], pg_backend_pid() % 16, COUNT(*) FROM added WHERE deleted_at IS NULL GROUP BY org_id
        ON CONFLICT (org_id, subject, slot) DO UPDATE SET n = c.n + excluded.n;
    RETURN NULL;
END $$;
CREATE FUNCTION g8_count_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO record_counts AS c (org_id, subject, slot, n)
        SELECT o.org_id, TG_ARGV[0], pg_backend_pid() % 16, -COUNT(*) FROM old_rows o JOIN new_rows w ON w.id = o.id
        WHERE o.deleted_at IS NULL AND w.deleted_at IS NOT NULL GROUP BY o.org_id
        ON CONFLICT (org_id, subject, slot) DO UPDATE SET n = c.n + excluded.n;
    RETURN NULL;
END $$;
CREATE FUNCTION g8_count_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO record_counts AS c (org_id, subject, slot, n)
        SELECT org_id, TG_ARGV[0], pg_backend_pid() % 16, -COUNT(*) FROM old_rows WHERE deleted_at IS NULL GROUP BY org_id
        ON CONFLICT (org_id, subject, slot) DO UPDATE SET n = c.n + excluded.n;
    RETURN NULL;
END $$;
CREATE TRIGGER contacts_added AFTER INSERT ON contacts REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION g8_count_added('contact');
CREATE TRIGGER contacts_hidden AFTER UPDATE ON contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION g8_count_hidden('contact');
CREATE TRIGGER contacts_erased AFTER DELETE ON contacts REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION g8_count_erased('contact');
CREATE TRIGGER companies_added AFTER INSERT ON companies REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION g8_count_added('company');
CREATE TRIGGER companies_hidden AFTER UPDATE ON companies REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION g8_count_hidden('company');
CREATE TRIGGER companies_erased AFTER DELETE ON companies REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION g8_count_erased('company');

-- Parts of texts, found by their trigrams; the engine keeps index and counts with every change. The
-- index has no positions: a hit is a candidate, and the filter itself decides.

CREATE VIRTUAL TABLE contacts_index USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram'
);
INSERT INTO contacts_index (rowid, text)
    SELECT id, COALESCE(name_fold, '') || char(10) || COALESCE(job_title_fold, '') || char(10)
        || COALESCE(job_department_fold, '') || char(10) || COALESCE(city_fold, '')
    FROM contacts WHERE deleted_at IS NULL;

CREATE TRIGGER contacts_added AFTER INSERT ON contacts WHEN NEW.deleted_at IS NULL BEGIN
    INSERT INTO contacts_index (rowid, text) VALUES (NEW.id,
        COALESCE(NEW.name_fold, '') || char(10) || COALESCE(NEW.job_title_fold, '') || char(10)
        || COALESCE(NEW.job_department_fold, '') || char(10) || COALESCE(NEW.city_fold, ''));
    INSERT INTO record_counts (org_id, subject, slot, n) VALUES (NEW.org_id, 'contact', 0, 1)
        ON CONFLICT (org_id, subject, slot) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER contacts_changed AFTER UPDATE OF name_fold, job_title_fold, job_department_fold, city_fold ON contacts
WHEN NEW.deleted_at IS NULL AND (NEW.name_fold IS NOT OLD.name_fold OR NEW.job_title_fold IS NOT OLD.job_title_fold
    OR NEW.job_department_fold IS NOT OLD.job_department_fold OR NEW.city_fold IS NOT OLD.city_fold) BEGIN
    UPDATE contacts_index SET text =
        COALESCE(NEW.name_fold, '') || char(10) || COALESCE(NEW.job_title_fold, '') || char(10)
        || COALESCE(NEW.job_department_fold, '') || char(10) || COALESCE(NEW.city_fold, '')
        WHERE rowid = NEW.id;
END;
CREATE TRIGGER contacts_hidden AFTER UPDATE OF deleted_at ON contacts
WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
    DELETE FROM contacts_index WHERE rowid = OLD.id;
    UPDATE record_counts SET n = n - 1 WHERE org_id = OLD.org_id AND subject = 'contact' AND slot = 0;
END;
CREATE TRIGGER contacts_erased AFTER DELETE ON contacts WHEN OLD.deleted_at IS NULL BEGIN
    DELETE FROM contacts_index WHERE rowid = OLD.id;
    UPDATE record_counts SET n = n - 1 WHERE org_id = OLD.org_id AND subject = 'contact' AND slot = 0;
END;

CREATE VIRTUAL TABLE companies_index USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram'
);
INSERT INTO companies_index (rowid, text)
    SELECT id, COALESCE(name_fold, '') || char(10) || COALESCE(industry_fold, '') || char(10)
        || COALESCE(city_fold, '') || char(10) || COALESCE(description_fold, '')
    FROM companies WHERE deleted_at IS NULL;

CREATE TRIGGER companies_added AFTER INSERT ON companies WHEN NEW.deleted_at IS NULL BEGIN
    INSERT INTO companies_index (rowid, text) VALUES (NEW.id,
        COALESCE(NEW.name_fold, '') || char(10) || COALESCE(NEW.industry_fold, '') || char(10)
        || COALESCE(NEW.city_fold, '') || char(10) || COALESCE(NEW.description_fold, ''));
    INSERT INTO record_counts (org_id, subject, slot, n) VALUES (NEW.org_id, 'company', 0, 1)
        ON CONFLICT (org_id, subject, slot) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER companies_changed AFTER UPDATE OF name_fold, industry_fold, city_fold, description_fold ON companies
WHEN NEW.deleted_at IS NULL AND (NEW.name_fold IS NOT OLD.name_fold OR NEW.industry_fold IS NOT OLD.industry_fold
    OR NEW.city_fold IS NOT OLD.city_fold OR NEW.description_fold IS NOT OLD.description_fold) BEGIN
    UPDATE companies_index SET text =
        COALESCE(NEW.name_fold, '') || char(10) || COALESCE(NEW.industry_fold, '') || char(10)
        || COALESCE(NEW.city_fold, '') || char(10) || COALESCE(NEW.description_fold, '')
        WHERE rowid = NEW.id;
END;
CREATE TRIGGER companies_hidden AFTER UPDATE OF deleted_at ON companies
WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
    DELETE FROM companies_index WHERE rowid = OLD.id;
    UPDATE record_counts SET n = n - 1 WHERE org_id = OLD.org_id AND subject = 'company' AND slot = 0;
END;
CREATE TRIGGER companies_erased AFTER DELETE ON companies WHEN OLD.deleted_at IS NULL BEGIN
    DELETE FROM companies_index WHERE rowid = OLD.id;
    UPDATE record_counts SET n = n - 1 WHERE org_id = OLD.org_id AND subject = 'company' AND slot = 0;
END;

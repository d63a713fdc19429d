-- The trigram indexes learn of changes all at once, by the writer, just before a commit: each change alone would cost
-- what a hundred together do. Between commits the tables of what is not yet indexed are empty.

CREATE TABLE contacts_unindexed (
    id INTEGER PRIMARY KEY,
    -- Whether the index has an older text of it.
    indexed INTEGER NOT NULL
) STRICT;
DROP TRIGGER contacts_added;
CREATE TRIGGER contacts_added AFTER INSERT ON contacts WHEN NEW.deleted_at IS NULL BEGIN
    INSERT INTO contacts_unindexed (id, indexed) VALUES (NEW.id, 0);
    INSERT INTO record_counts (org_id, subject, slot, n) VALUES (NEW.org_id, 'contact', 0, 1)
        ON CONFLICT (org_id, subject, slot) DO UPDATE SET n = n + 1;
END;
DROP TRIGGER contacts_changed;
CREATE TRIGGER contacts_changed AFTER UPDATE OF name_fold, job_title_fold, job_department_fold, city_fold ON contacts
WHEN NEW.deleted_at IS NULL AND (NEW.name_fold IS NOT OLD.name_fold OR NEW.job_title_fold IS NOT OLD.job_title_fold OR NEW.job_department_fold IS NOT OLD.job_department_fold OR NEW.city_fold IS NOT OLD.city_fold) BEGIN
    INSERT INTO contacts_unindexed (id, indexed) VALUES (NEW.id, 1) ON CONFLICT DO NOTHING;
END;
DROP TRIGGER contacts_hidden;
CREATE TRIGGER contacts_hidden AFTER UPDATE OF deleted_at ON contacts
WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
    INSERT INTO contacts_unindexed (id, indexed) VALUES (OLD.id, 1) ON CONFLICT DO NOTHING;
    UPDATE record_counts SET n = n - 1 WHERE org_id = OLD.org_id AND subject = 'contact' AND slot = 0;
END;
DROP TRIGGER contacts_erased;
CREATE TRIGGER contacts_erased AFTER DELETE ON contacts WHEN OLD.deleted_at IS NULL BEGIN
    INSERT INTO contacts_unindexed (id, indexed) VALUES (OLD.id, 1) ON CONFLICT DO NOTHING;
    UPDATE record_counts SET n = n - 1 WHERE org_id = OLD.org_id AND subject = 'contact' AND slot = 0;
END;

CREATE TABLE companies_unindexed (
    id INTEGER PRIMARY KEY,
    -- Whether the index has an older text of it.
    indexed INTEGER NOT NULL
) STRICT;
DROP TRIGGER companies_added;
CREATE TRIGGER companies_added AFTER INSERT ON companies WHEN NEW.deleted_at IS NULL BEGIN
    INSERT INTO companies_unindexed (id, indexed) VALUES (NEW.id, 0);
    INSERT INTO record_counts (org_id, subject, slot, n) VALUES (NEW.org_id, 'company', 0, 1)
        ON CONFLICT (org_id, subject, slot) DO UPDATE SET n = n + 1;
END;
DROP TRIGGER companies_changed;
CREATE TRIGGER companies_changed AFTER UPDATE OF name_fold, industry_fold, city_fold, description_fold ON companies
WHEN NEW.deleted_at IS NULL AND (NEW.name_fold IS NOT OLD.name_fold OR NEW.industry_fold IS NOT OLD.industry_fold OR NEW.city_fold IS NOT OLD.city_fold OR NEW.description_fold IS NOT OLD.description_fold) BEGIN
    INSERT INTO companies_unindexed (id, indexed) VALUES (NEW.id, 1) ON CONFLICT DO NOTHING;
END;
DROP TRIGGER companies_hidden;
CREATE TRIGGER companies_hidden AFTER UPDATE OF deleted_at ON companies
WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
    INSERT INTO companies_unindexed (id, indexed) VALUES (OLD.id, 1) ON CONFLICT DO NOTHING;
    UPDATE record_counts SET n = n - 1 WHERE org_id = OLD.org_id AND subject = 'company' AND slot = 0;
END;
DROP TRIGGER companies_erased;
CREATE TRIGGER companies_erased AFTER DELETE ON companies WHEN OLD.deleted_at IS NULL BEGIN
    INSERT INTO companies_unindexed (id, indexed) VALUES (OLD.id, 1) ON CONFLICT DO NOTHING;
    UPDATE record_counts SET n = n - 1 WHERE org_id = OLD.org_id AND subject = 'company' AND slot = 0;
END;

//! The trigram indexes, which learn of a group's changes just before its commit.

use super::group::Group;
use crate::StorageResult;

/// For each kind of record: what waits is taken out, put in as it is now, and forgotten.
const CATCH_UP: [(&str, [&str; 3]); 2] = [
    (
        "SELECT 1 FROM contacts_unindexed LIMIT 1",
        [
            "DELETE FROM contacts_index WHERE rowid IN (SELECT id FROM contacts_unindexed WHERE indexed = 1)",
            "INSERT INTO contacts_index (rowid, text) SELECT c.id, COALESCE(c.name_fold, '') || char(10)
                 || COALESCE(c.job_title_fold, '') || char(10) || COALESCE(c.job_department_fold, '') || char(10)
                 || COALESCE(c.city_fold, '')
             FROM contacts_unindexed u CROSS JOIN contacts c ON c.id = u.id WHERE c.deleted_at IS NULL",
            "DELETE FROM contacts_unindexed",
        ],
    ),
    (
        "SELECT 1 FROM companies_unindexed LIMIT 1",
        [
            "DELETE FROM companies_index WHERE rowid IN (SELECT id FROM companies_unindexed WHERE indexed = 1)",
            "INSERT INTO companies_index (rowid, text) SELECT c.id, COALESCE(c.name_fold, '') || char(10)
                 || COALESCE(c.industry_fold, '') || char(10) || COALESCE(c.city_fold, '') || char(10)
                 || COALESCE(c.description_fold, '')
             FROM companies_unindexed u CROSS JOIN companies c ON c.id = u.id WHERE c.deleted_at IS NULL",
            "DELETE FROM companies_unindexed",
        ],
    ),
];

impl Group {
    /// Brings the indexes up to what is to be committed.
    pub(super) fn catch_up(&self) -> StorageResult<()> {
        for (waits, statements) in CATCH_UP {
            if self.connection.prepare_cached(waits)?.exists([])? {
                statements.iter().try_for_each(|statement| self.run(statement))?;
            }
        }
        Ok(())
    }
}

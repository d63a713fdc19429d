-- Names and job titles stand beside the ids in their order: who counts hits does not read every contact for them.
DROP INDEX contacts_by_org;
CREATE INDEX contacts_by_org ON contacts (org_id, id, name_fold, job_title_fold) WHERE deleted_at IS NULL;

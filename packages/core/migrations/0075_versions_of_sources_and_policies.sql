-- An operator's edit of a source or of a zone's policy names the version that it changes; of two edits of one version the second is
-- refused (ADR 27).
alter table list_source add column version integer not null default 1 constraint list_source_version_positive check (version > 0);
alter table zone add column policy_version integer not null default 1 constraint zone_policy_version_positive check (policy_version > 0);

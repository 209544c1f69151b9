-- An edit of a registry, of our accounts there or of its zones names the version that it changes (ADR 27). What a catcher drives an
-- account by is reported with its version, so that operators see whether an edit is in force.
alter table registry add column version integer not null default 1 constraint registry_version_positive check (version > 0);
alter table registry_account_status add column settings_version integer;

-- Answers about prices by zone, the newest first.
create index fee_answer_newest on fee_answer (asked_at desc, id desc);

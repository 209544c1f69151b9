-- Versions of the other resources that resellers edit (ADR 27).
alter table account
  add column version integer not null default 1 constraint account_version_positive check (version > 0);
alter table sub_account
  add column version integer not null default 1 constraint sub_account_version_positive check (version > 0);
alter table api_key
  add column version integer not null default 1 constraint api_key_version_positive check (version > 0);
-- Of the whole contact; `contact.version` counts its details alone, as orders and registries have them.
alter table account_contact
  add column version integer not null default 1 constraint account_contact_version_positive check (version > 0);

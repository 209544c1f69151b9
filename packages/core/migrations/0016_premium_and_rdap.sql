-- A zone says whether it can have premium names (then no create leaves without the standard fee as its cap, rule 3), and where
-- its names are published by RDAP, for registries that refuse `info` about others' names.
alter table zone
  add column may_have_premium boolean not null default true,
  add column rdap_url text,
  add constraint rdap_url_is_http check (rdap_url ~ '^https?://[^[:space:]]+$');

-- What showed how a target ended. Those decided before say nothing of it.
alter table catch_target
  add column decided_basis text,
  add constraint target_basis_known check (decided_basis in ('create', 'info', 'fee_check', 'rdap', 'presumed')),
  add constraint only_decided_has_basis check (decided_basis is null or decided_at is not null);

-- A fee check and a look at RDAP are evidence, too.
alter table catch_attempt drop constraint attempt_command_known;
alter table catch_attempt add constraint attempt_command_known check (command in ('create', 'info', 'fee_check', 'rdap'));

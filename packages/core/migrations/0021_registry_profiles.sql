-- A registry is driven by a profile of the EPP client; what an account's contract says otherwise are overrides. A word that was no
-- profile becomes the careful one: its accounts keep every limit that they have, as overrides.
update registry set profile = 'generic' where profile not in ('verisign-like', 'co-like', 'nz-like', 'fr-like', 'uk-like', 'no-like',
  'ee-like', 'nl-like', 'dropzone-like', 'nomulus-like', 'strict-like');
alter table registry add constraint profile_is_known check (profile in ('generic', 'verisign-like', 'co-like', 'nz-like', 'fr-like',
  'uk-like', 'no-like', 'ee-like', 'nl-like', 'dropzone-like', 'nomulus-like', 'strict-like'));

-- Null: as the profile says.
alter table registry_account
  alter column sessions_max drop not null,
  alter column commands_per_second_max drop not null,
  alter column name_gap_ms drop not null,
  alter column name_gap_ms drop default,
  alter column idle_seconds_max drop not null,
  alter column idle_seconds_max drop default,
  add column commands_per_minute_max integer
    constraint commands_per_minute_positive check (commands_per_minute_max > 0),
  add column session_life_seconds_max integer
    constraint session_life_positive check (session_life_seconds_max > 0),
  add column session_commands_max integer
    constraint session_commands_suffice check (session_commands_max >= 3),
  add column session_gap_ms integer constraint session_gap_not_negative check (session_gap_ms >= 0),
  add column login_pause_ms integer constraint login_pause_not_negative check (login_pause_ms >= 0),
  add column error_pause_ms integer constraint error_pause_not_negative check (error_pause_ms >= 0),
  add column checks_count_as_failed boolean,
  add column transit_ms_max integer constraint transit_positive check (transit_ms_max > 0),
  add column commands_in_flight_max integer
    constraint commands_in_flight_positive check (commands_in_flight_max > 0),
  -- The address of ours that the registry lets in.
  add column source_address inet constraint source_address_is_one
    check (masklen(source_address) = case family(source_address) when 4 then 32 else 128 end),
  -- The name of a certificate among the catcher's credentials; key material is never here.
  add column client_certificate text constraint client_certificate_is_named check (client_certificate <> '');

-- Where an account's registry answers, in order of preference; `drop`: where the registry takes creates at the drop alone.
create table registry_host (
  registry_account_id text not null references registry_account,
  phase text not null constraint host_phase_is_known check (phase in ('everyday', 'drop')),
  position integer not null constraint host_position_not_negative check (position >= 0),
  host text not null constraint host_is_named check (host <> ''),
  port integer not null constraint host_port_is_one check (port between 1 and 65535),
  server_name text constraint server_name_is_named check (server_name <> ''),
  constraint registry_host_pkey primary key (registry_account_id, phase, position)
);
insert into registry_host (registry_account_id, phase, position, host, port)
select id, 'everyday', 0, host, port from registry_account;
-- No longer read or written; a later release drops them.
alter table registry_account alter column host drop not null, alter column port drop not null;

-- What registries tell by their message queue (RFC 5730 §2.9.2.3). A message that is acknowledged is gone there, so it is here first.

create table registry_message (
  registry_account_id text not null references registry_account,
  message_id text not null,
  queued_at timestamptz,
  received_at timestamptz not null,
  text text not null,
  -- The object that it is about, where it names one.
  about text,
  -- The whole answer as it came, secrets masked.
  evidence text not null,
  -- Some registries use an id again after years.
  constraint one_row_per_registry_message unique nulls not distinct (registry_account_id, message_id, queued_at)
);

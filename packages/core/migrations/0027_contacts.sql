-- Contacts at the drop: whom names are registered to. They are made at the registry in advance, and every create carries those that
-- its zone wants.

-- What a create in the zone carries: a registry that wants a contact refuses a create without it, one that takes none refuses it
-- with one.
alter table zone add column contact_roles text[] not null default '{}'
  constraint zone_contact_roles_known check (contact_roles <@ array['registrant', 'admin', 'tech', 'billing']);

-- A person or an organisation, as RFC 5733 describes it. Without an account it is the operator's own.
create table contact (
  id uuid primary key,
  account_id uuid references account,
  details jsonb not null,
  created_at timestamptz not null
);
create function refuse_changed_contact() returns trigger language plpgsql as $$
begin
  raise exception 'a contact is at registries as it was made; another one takes its place'
    using errcode = 'check_violation', constraint = 'contact_details_are_final';
end $$;
create trigger contact_details_are_final before update on contact for each row
  when ((old.account_id, old.details) is distinct from (new.account_id, new.details))
  execute function refuse_changed_contact();

-- The contact at one registry. `handle` is its id there.
create table registry_contact (
  contact_id uuid not null references contact,
  registry_account_id text not null references registry_account,
  handle text not null constraint contact_handle_fits_registries check (length(handle) between 3 and 16),
  state text not null constraint registry_contact_state_known check (state in ('pending', 'created', 'failed')),
  -- What the registry said where it refused it.
  answer_code integer,
  answer_message text,
  decided_at timestamptz,
  constraint one_contact_at_a_registry primary key (contact_id, registry_account_id),
  constraint one_contact_per_handle unique (registry_account_id, handle),
  constraint decided_contact_has_time check ((state = 'pending') = (decided_at is null)),
  constraint failed_contact_has_message check (state <> 'failed' or answer_message is not null)
);

-- Whom an account registers names to where an order has no contacts of its own. In force is the newest of each role that is at the
-- registry, so that one which replaces another leaves no gap.
create table default_contact (
  registry_account_id text not null,
  role text not null constraint default_contact_role_known check (role in ('registrant', 'admin', 'tech', 'billing')),
  contact_id uuid not null,
  set_at timestamptz not null,
  constraint one_default_contact_at_a_time primary key (registry_account_id, role, set_at),
  constraint default_contact_is_asked_for foreign key (contact_id, registry_account_id) references registry_contact
);

-- The catcher that holds the account's lease makes it.
alter table registry_request
  add column contact_id uuid,
  drop constraint registry_request_kind_known,
  add constraint registry_request_kind_known check (kind in ('renew', 'contact_create')),
  add constraint contact_request_names_contact check ((kind = 'contact_create') = (contact_id is not null)),
  add constraint requested_contact_is_of_the_account
    foreign key (contact_id, registry_account_id) references registry_contact,
  add constraint one_request_per_contact unique (contact_id, registry_account_id);

-- Whether names of a zone drop soon is asked all the time.
create index listing_live_by_zone on listing (zone, drop_from) where state in ('upcoming', 'open', 'closed', 'dropping');

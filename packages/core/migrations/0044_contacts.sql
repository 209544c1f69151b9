-- Notices before a name expires, and contacts of resellers: an order names one or takes the account's default, and a registration gets others (ADR 24).

-- What a reseller calls a contact. Its details are versions in `contact`, of which the latest is in force for new orders.
create table account_contact (
  id uuid primary key,
  account_id uuid not null references account,
  is_default boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  constraint deleted_contact_is_no_default check (deleted_at is null or not is_default)
);
create unique index one_default_contact_per_account on account_contact (account_id) where is_default;
create index account_contact_by_account on account_contact (account_id, id);

alter table contact
  add column account_contact_id uuid references account_contact,
  add column version integer,
  -- Null: its reseller deleted it. It holds personal data.
  alter column details drop not null,
  add constraint contact_of_an_account_has_version
    check (num_nonnulls(account_id, account_contact_id, version) in (0, 3)),
  add constraint only_a_resellers_contact_is_erased check (details is not null or account_contact_id is not null),
  add constraint one_contact_per_version unique (account_contact_id, version);

drop trigger contact_details_are_final on contact;
create trigger contact_details_are_final before update on contact for each row
  when ((old.account_id, old.account_contact_id, old.version)
        is distinct from (new.account_id, new.account_contact_id, new.version)
    or (old.details is distinct from new.details and new.details is not null))
  execute function refuse_changed_contact();

-- To whom an order's name is to be registered: versions of contacts. A role without one has the registrant's; an order without any is
-- registered to the operator's.
alter table backorder
  add column registrant_id uuid references contact,
  add column admin_id uuid references contact,
  add column tech_id uuid references contact,
  add column billing_id uuid references contact,
  add constraint contact_of_a_role_has_registrant
    check (registrant_id is not null or num_nonnulls(admin_id, tech_id, billing_id) = 0);
create index backorder_to_register_to on backorder (registrant_id) where registrant_id is not null and state = 'backordered';
create index backorder_by_registrant on backorder (registrant_id) where registrant_id is not null;

-- After a wait for the deletion of a contact the row is read as that left it.
create function check_contacts_of_order() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare named record;
begin
  for named in select id, account_id, details from contact
    where id in (new.registrant_id, new.admin_id, new.tech_id, new.billing_id) order by id for key share
  loop
    if named.account_id is distinct from new.account_id or named.details is null then
      raise exception 'contact % is not one of account %', named.id, new.account_id
        using errcode = 'check_violation', constraint = 'order_names_own_contacts';
    end if;
  end loop;
  return new;
end $$;
revoke execute on function check_contacts_of_order() from public;
create trigger order_names_own_contacts before insert on backorder for each row
  when (new.registrant_id is not null) execute function check_contacts_of_order();

alter table registration_request
  drop constraint registration_request_kind_known,
  add constraint registration_request_kind_known check (kind in ('name_servers', 'contacts', 'auth_code'));

-- ── names that nobody renews ────────────────────────────────────────────────────────────────────────────────

-- The last notice about an expiry: of which one, and how many days before.
alter table registration
  add column notice_expires_at timestamptz,
  add column notice_days integer constraint expiry_notice_known check (notice_days in (30, 7)),
  add constraint expiry_notice_is_of_an_expiry check (num_nonnulls(notice_expires_at, notice_days) <> 1);
create index registration_by_expiry on registration (expires_at) where ended_at is null;

alter table event
  drop constraint event_topic_known,
  add constraint event_topic_known check (topic in ('backorder.held', 'backorder.expired', 'backorder.secured',
    'backorder.rescheduled', 'backorder.premium_flagged', 'backorder.registering', 'backorder.successful', 'backorder.failed',
    'renewal.paid', 'renewal.expired', 'renewal.successful', 'renewal.failed', 'registration.expiring', 'registration.ended',
    'registration_request.succeeded', 'registration_request.failed', 'refund.succeeded', 'refund.failed',
    'payment.failed', 'payment.disputed', 'payment.dispute_won', 'payment.charged_back', 'account.topped_up',
    'account.top_up_reversed', 'balance.low', 'invoice.issued', 'credit_note.issued', 'alarm.opened', 'alarm.closed'));

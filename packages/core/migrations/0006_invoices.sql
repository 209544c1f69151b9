-- Invoices on request after a success, and credit notes for what is refunded of them (rule 10): gap-free numbers per series, and
-- nothing that was issued ever changes.

-- ── who buys, who sells ─────────────────────────────────────────────────────────────────────────────────────

-- Both are copied to what is issued, so a later change changes no invoice.
create table billing_profile (
  account_id uuid primary key references account,
  legal_name text not null constraint billing_name_told check (legal_name <> ''),
  -- Lines as on an envelope, without the country.
  address text not null constraint billing_address_told check (address <> ''),
  -- ISO 3166-1 alpha-2.
  country text not null constraint billing_country_is_alpha_2 check (country ~ '^[A-Z]{2}$'),
  tax_id text,
  email text not null constraint billing_email_told check (email <> ''),
  updated_at timestamptz not null
);

-- Us, once per database. Live and test are two databases, and this row says which one it is: copied, a test stays a test.
create table seller (
  is_the_only_one boolean primary key default true constraint one_seller check (is_the_only_one),
  mode text not null constraint seller_mode_known check (mode in ('live', 'test')),
  legal_name text not null constraint seller_name_told check (legal_name <> ''),
  address text not null constraint seller_address_told check (address <> ''),
  country text not null constraint seller_country_is_alpha_2 check (country ~ '^[A-Z]{2}$'),
  tax_id text,
  -- Contained in the price: 1900 is 19 %.
  tax_basis_points integer not null default 0 constraint seller_tax_is_a_share check (tax_basis_points between 0 and 10000),
  -- Such as a reverse charge.
  tax_note text,
  updated_at timestamptz not null
);

-- ── series ──────────────────────────────────────────────────────────────────────────────────────────────────

-- A number is taken under the row's lock, in the transaction that issues it: one that is undone leaves no gap.
create table invoice_series (
  kind text not null constraint series_kind_known check (kind in ('invoice', 'credit_note')),
  mode text not null constraint series_mode_known check (mode in ('live', 'test')),
  -- In UTC.
  year integer not null constraint series_year_has_four_digits check (year between 2000 and 9999),
  prefix text not null constraint series_prefix_unique unique,
  last_sequence integer not null default 0,
  primary key (kind, mode, year),
  constraint test_series_says_so check ((mode = 'test') = starts_with(prefix, 'TEST-'))
);

create function refuse_direct_sequence() returns trigger language plpgsql as $$
begin
  raise exception 'a series moves only by what is issued in it'
    using errcode = 'check_violation', constraint = 'series_moves_only_by_issuing';
end $$;
create trigger series_moves_only_by_issuing before update or delete on invoice_series for each row
  when (pg_trigger_depth() = 0) execute function refuse_direct_sequence();
create trigger series_starts_at_nothing before insert on invoice_series for each row
  when (new.last_sequence <> 0) execute function refuse_direct_sequence();

-- ── what is issued ──────────────────────────────────────────────────────────────────────────────────────────

-- Everything that stands on the page is here: nothing of it is looked up when it is shown.
create table invoice (
  id uuid primary key,
  kind text not null constraint invoice_kind_known check (kind in ('invoice', 'credit_note')),
  mode text not null constraint invoice_mode_known check (mode in ('live', 'test')),
  year integer not null,
  sequence integer not null,
  number text not null constraint invoice_number_unique unique,
  issued_at timestamptz not null,
  account_id uuid not null references account,
  -- What an invoice is of.
  backorder_id uuid references backorder,
  renewal_id uuid references renewal,
  -- What a credit note takes back, and for which refund: the first of its chain, whatever retries followed it.
  credits_invoice_id uuid,
  refund_id uuid constraint one_credit_note_per_refund unique,
  buyer_name text not null,
  buyer_address text not null,
  buyer_country text not null,
  buyer_tax_id text,
  buyer_email text not null,
  seller_name text not null,
  seller_address text not null,
  seller_country text not null,
  seller_tax_id text,
  -- The one line of the page: what was sold, a name as A-labels and in Unicode, the years paid for, from when to when.
  service text not null constraint invoice_service_known check (service in ('registration', 'renewal')),
  name text not null,
  name_unicode text not null,
  years integer not null constraint invoice_is_of_years check (years > 0),
  service_from timestamptz not null,
  service_to timestamptz not null,
  currency currency not null,
  gross_minor bigint not null constraint invoice_gross_positive check (gross_minor > 0),
  net_minor bigint not null,
  tax_minor bigint not null constraint invoice_tax_not_negative check (tax_minor >= 0),
  tax_basis_points integer not null,
  tax_note text,
  constraint invoice_is_of_its_series foreign key (kind, mode, year) references invoice_series,
  constraint invoice_is_of_its_year check (extract(year from issued_at at time zone 'UTC') = year),
  constraint invoice_adds_up check (net_minor >= 0 and net_minor + tax_minor = gross_minor),
  constraint service_period_ordered check (service_from < service_to),
  constraint invoice_has_one_subject check
    (num_nonnulls(backorder_id, renewal_id) = case kind when 'invoice' then 1 else 0 end),
  constraint credit_note_names_its_cause check
    ((kind = 'credit_note') = (credits_invoice_id is not null) and (kind = 'credit_note') = (refund_id is not null)),
  constraint invoice_of_account unique (id, mode, account_id, currency),
  constraint credit_note_is_of_its_invoice foreign key (credits_invoice_id, mode, account_id, currency)
    references invoice (id, mode, account_id, currency),
  -- Written by the refund's own transaction, before the row of a refund that is done at once.
  constraint credit_note_is_of_a_refund foreign key (refund_id) references refund deferrable initially deferred
);
create unique index one_invoice_per_backorder on invoice (backorder_id) where backorder_id is not null;
create unique index one_invoice_per_renewal on invoice (renewal_id) where renewal_id is not null;
create index invoice_by_account on invoice (account_id, id);
create index credit_note_of_invoice on invoice (credits_invoice_id) where credits_invoice_id is not null;

-- The series is moved by the row that takes the number, and by nothing else: whoever counts without its lock is refused here.
create function check_invoice_number() returns trigger language plpgsql as $$
declare expected text;
begin
  update invoice_series set last_sequence = last_sequence + 1
    where kind = new.kind and mode = new.mode and year = new.year and last_sequence = new.sequence - 1
    returning prefix || lpad(last_sequence::text, greatest(6, length(last_sequence::text)), '0') into expected;
  if expected is distinct from new.number then
    raise exception '% does not follow in its series', new.number
      using errcode = 'check_violation', constraint = 'invoice_number_follows';
  end if;
  return null;
end $$;
create trigger invoice_number_follows after insert on invoice for each row execute function check_invoice_number();

create trigger invoice_is_immutable before update or delete on invoice
  for each row execute function refuse_change();
create trigger invoice_is_never_truncated before truncate on invoice
  for each statement execute function refuse_change();

-- Rule 10: of a success only, for what its customer paid.
create function check_invoice_is_of_a_success() returns trigger language plpgsql as $$
begin
  perform from backorder where id = new.backorder_id and state = 'successful'
    and (account_id, name, price_minor, currency, 'registration')
      = (new.account_id, new.name, new.gross_minor, new.currency, new.service)
  union all
  select from renewal join registration on registration.id = renewal.registration_id
    where renewal.id = new.renewal_id and renewal.state = 'successful'
    and (renewal.account_id, registration.name, renewal.price_minor, renewal.currency, renewal.years, 'renewal')
      = (new.account_id, new.name, new.gross_minor, new.currency, new.years, new.service);
  if not found then
    raise exception 'invoice % is of no success', new.number
      using errcode = 'check_violation', constraint = 'invoice_is_of_a_success';
  end if;
  return null;
end $$;
create trigger invoice_is_of_a_success after insert on invoice for each row
  when (new.kind = 'invoice') execute function check_invoice_is_of_a_success();

-- In a statement of its own the lock first: two refunds at once would each see only their own.
create function check_credit_notes() returns trigger language plpgsql as $$
begin
  perform from invoice where id = new.credits_invoice_id for no key update;
  if (select sum(gross_minor) from invoice where credits_invoice_id = new.credits_invoice_id)
      > (select gross_minor from invoice where id = new.credits_invoice_id) then
    raise exception 'credit notes exceed invoice %', new.credits_invoice_id
      using errcode = 'check_violation', constraint = 'credit_notes_within_invoice';
  end if;
  return null;
end $$;
create trigger credit_notes_within_invoice after insert on invoice for each row
  when (new.kind = 'credit_note') execute function check_credit_notes();

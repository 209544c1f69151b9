-- How many requests an account may send in a minute, counted by all gateways together (ADR 26).

alter table account
  add column reads_per_minute_max integer not null default 6000
    constraint reads_per_minute_positive check (reads_per_minute_max > 0),
  add column claims_per_minute_max integer not null default 3000
    constraint claims_per_minute_positive check (claims_per_minute_max > 0);

-- What the gateways have leased of the quota of this minute. A gateway takes a lot and counts it down in its memory.
create table request_budget (
  account_id uuid not null references account,
  bucket text not null constraint request_bucket_known check (bucket in ('reads', 'claims')),
  -- The beginning of the minute, by the database's clock.
  window_at timestamptz not null,
  quota integer not null,
  taken integer not null,
  -- The last lot.
  granted integer not null constraint granted_not_negative check (granted >= 0),
  constraint one_request_budget_per_bucket primary key (account_id, bucket),
  constraint requests_within_quota check (taken between 0 and quota)
);

-- What is edited has a version, which each edit raises and names (ADR 27): of two edits of the same version the second is refused.
alter table billing_profile
  add column version integer not null default 1 constraint billing_profile_version_positive check (version > 0);

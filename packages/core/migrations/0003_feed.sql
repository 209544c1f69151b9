-- Where drop lists come from, one row a source, made by the first worker that asks. `next_poll_at` is also the claim: who
-- takes a source moves it past the longest that reading may last, so that a worker that dies is followed by another.
-- `claimed_by` fences a worker that was slower than that. Validators are those of the last list that was taken in.

create table feed (
  registry_id text not null references registry,
  source text not null,
  next_poll_at timestamptz not null default clock_timestamp(),
  claimed_by uuid,
  etag text,
  last_modified text,
  polled_at timestamptz,
  failures integer not null default 0,
  failure text,
  primary key (registry_id, source)
);

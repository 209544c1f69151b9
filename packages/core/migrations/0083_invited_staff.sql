-- People are invited, and choose their password by a link: nobody else knows one of theirs, and until then there is none.
alter table staff_account
  alter column password_hash drop not null,
  -- Raised by each edit of name and roles, which names the version that it changes (ADR 27).
  add column version integer not null default 1,
  add column signed_in_at timestamptz;
update staff_account set signed_in_at =
  (select max(created_at) from staff_session where staff_session.staff_id = staff_account.id);

-- The token has 256 random bits and is in the link alone; here is only its SHA-256. A row is a link that was not used yet.
create table staff_link (
  staff_id uuid not null references staff_account (id),
  token_sha256 bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint one_link_per_person primary key (staff_id),
  constraint staff_link_token_unique unique (token_sha256),
  constraint staff_link_expires_within_a_week check (expires_at <= created_at + interval '7 days')
);

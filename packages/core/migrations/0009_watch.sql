-- Names that an account keeps an eye on, for itself alone: what they would cost is forecast. Any name may be watched, listed or
-- not: most are listed a few days before they drop.

alter table account
  add column watches_max integer not null default 1000 constraint watches_max_positive check (watches_max > 0);

create table watch (
  account_id uuid not null references account,
  name text not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint one_watch_per_name primary key (account_id, name)
);

create function check_watches() returns trigger language plpgsql as $$
begin
  -- First, and in a statement of its own: two at once would each see only their own.
  perform from account where id = new.account_id for no key update;
  if (select count(*) from watch where account_id = new.account_id)
      > (select watches_max from account where id = new.account_id) then
    raise exception 'account % watches too many names', new.account_id
      using errcode = 'check_violation', constraint = 'watches_within_limit';
  end if;
  return null;
end $$;
create trigger watches_within_limit after insert on watch for each row execute function check_watches();

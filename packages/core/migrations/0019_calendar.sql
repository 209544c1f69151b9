-- Times of a schedule lie in the years that the API can write and that a drop can have (`isInCalendar`): a list with a purge
-- date of 9999 gave a listing that nobody could read. Rows from before are moved to the nearest time there is; their order
-- (cut-off, start, end) stays.
update listing set
  opens_at = least(greatest(opens_at, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z'),
  cutoff_at = least(greatest(cutoff_at, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z'),
  drop_from = least(greatest(drop_from, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z'),
  drop_to = least(greatest(drop_to, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z'),
  -- What lists say is there for an overridden listing only: `least` and `greatest` would make a time of null.
  listed_cutoff_at = case when override_id is not null
    then least(greatest(listed_cutoff_at, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z') end,
  listed_drop_from = case when override_id is not null
    then least(greatest(listed_drop_from, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z') end,
  listed_drop_to = case when override_id is not null
    then least(greatest(listed_drop_to, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z') end
where not (least(opens_at, cutoff_at, listed_cutoff_at) >= '1970-01-01 00:00:00Z'
  and greatest(opens_at, drop_to, listed_drop_to) <= '2100-12-31 23:59:59.999Z');

alter table listing add constraint listing_within_calendar check (
  least(opens_at, cutoff_at, listed_cutoff_at, listed_drop_from, listed_drop_to) >= '1970-01-01 00:00:00Z'
  and greatest(opens_at, drop_to, listed_cutoff_at, listed_drop_from, listed_drop_to) <= '2100-12-31 23:59:59.999Z');

update schedule_override set
  cutoff_at = least(greatest(cutoff_at, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z'),
  drop_from = least(greatest(drop_from, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z'),
  drop_to = least(greatest(drop_to, '1970-01-01 00:00:00Z'), '2100-12-31 23:59:59.999Z')
where not (cutoff_at >= '1970-01-01 00:00:00Z' and drop_to <= '2100-12-31 23:59:59.999Z');

alter table schedule_override add constraint override_within_calendar check (
  cutoff_at >= '1970-01-01 00:00:00Z' and drop_to <= '2100-12-31 23:59:59.999Z');

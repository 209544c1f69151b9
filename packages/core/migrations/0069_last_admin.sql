-- Somebody can always manage staff: the last active admin stays one.
create function check_last_admin() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- First, and in a statement of its own: two at once would each still see the other.
  perform pg_advisory_xact_lock(7021733469);
  if not exists (select from staff_account where 'admin' = any (roles) and disabled_at is null) then
    raise exception 'no active admin would be left'
      using errcode = 'check_violation', constraint = 'last_admin_stays';
  end if;
  return null;
end $$;
revoke execute on function check_last_admin() from public;
create trigger last_admin_stays after update of roles, disabled_at on staff_account for each row
  when ('admin' = any (old.roles) and old.disabled_at is null and not ('admin' = any (new.roles) and new.disabled_at is null))
  execute function check_last_admin();

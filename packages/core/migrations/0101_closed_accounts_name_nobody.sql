-- A closed account keeps nothing that names a person and that nothing needs: an invoice has whom it is for in itself, so the billing profile
-- goes, and an account of people has no longer the name of who opened it. The contacts of a registered name go when it has ended
-- (`closed_account_contact` of the retention).
create or replace function end_closed_account() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update api_key set revoked_at = clock_timestamp() where account_id = new.id and revoked_at is null;
  execute 'select pg_notify(''droplock_keys'', '''')';
  update event_receiver set deleted_at = clock_timestamp(), version = version + 1,
      disabled_at = coalesce(disabled_at, clock_timestamp()), disabled_reason = coalesce(disabled_reason, 'requested')
    where account_id = new.id and deleted_at is null;
  delete from watch where account_id = new.id;
  with needed as (
    select contact_id from registration join backorder on backorder.id = registration.backorder_id,
      lateral unnest(array[registrant_id, admin_id, tech_id, billing_id]) as contact_id
    where registration.account_id = new.id and ended_at is null
    union
    select registry_contact.contact_id from registration join registry_contact
        on registry_contact.registry_account_id = registration.registry_account_id
          and registry_contact.handle in (select value from jsonb_each_text(registration.contacts))
    where registration.account_id = new.id and ended_at is null
  ), unneeded as (
    select id from account_contact where account_id = new.id and deleted_at is null
      and not exists (select from contact where account_contact_id = account_contact.id and id in (select contact_id from needed))
  ), erased as (
    update contact set details = null where account_contact_id in (select id from unneeded)
  )
  update account_contact set deleted_at = clock_timestamp(), is_default = false where id in (select id from unneeded);
  delete from billing_profile where account_id = new.id;
  delete from member_invitation where account_id = new.id;
  delete from member_session where member_id in (select id from member where account_id = new.id);
  delete from member_credential where member_id in (select id from member where account_id = new.id);
  update account set name = 'Closed account' where id = new.id and exists (select from member where account_id = new.id);
  update member set email = 'erased-' || id || '@erased.invalid', name = 'Erased', image = null, account_id = null, role = null,
    erased_at = clock_timestamp() where account_id = new.id;
  return null;
end $$;

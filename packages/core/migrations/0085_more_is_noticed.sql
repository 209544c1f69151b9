-- What open windows show and was not noticed yet (ADR 39). None of these tables is written by an order.
call watch_changes('closed_month', 'months', '');
call watch_changes('goodwill_credit', 'goodwill-credits');
call watch_changes('reconciliation_request', 'reconciliation', '');
call watch_changes('price_rule', 'prices', '');
call watch_changes('price_amount', 'prices', '');
call watch_changes('past_zone_policy', 'zone-policies', 'zone');
call watch_changes('api_key', 'accounts', 'account_id', '{last_used_on}');
call watch_changes('sub_account', 'accounts', 'account_id');
call watch_changes('staff_account', 'staff', 'id', '{password_hash,failed_sign_ins,locked_until}');
call watch_changes('staff_totp', 'staff', 'staff_id', '{used_step}');
-- Not each use of a session.
create trigger change_is_noted after insert or delete or update of ended_at on staff_session
  for each statement execute function note_statement('staff');
-- Not each try: what became of a batch of deliveries.
create trigger change_is_noted after update of state on event_delivery
  for each statement execute function note_statement('deliveries');

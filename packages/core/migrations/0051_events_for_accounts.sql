-- Accounts read their events: those of a sub-account's orders are found by it, and money is written as everywhere in the reseller API.

-- Of events about an order of a sub-account, and what came of it.
alter table event add column sub_account_id uuid,
  add constraint event_is_of_own_sub_account foreign key (account_id, sub_account_id) references sub_account (account_id, id);
create index event_of_sub_account on event (sub_account_id, position) where sub_account_id is not null and position is not null;

drop trigger event_is_final on event;
-- No reseller has seen one yet. Facts of alarms keep their form.
update event set data = regexp_replace(data::text, '("currency": "[A-Z]{3}", "amount_minor": )"(-?\d+)"', '\1\2', 'g')::jsonb
where not starts_with(topic, 'alarm.') and data::text like '%"amount_minor": "%';
create trigger event_is_final before update on event for each row
  when (old.position is not null or new.position is null
    or (new.id, new.topic, new.account_id, new.sub_account_id, new.subject_id, new.data, new.occurred_at)
      is distinct from (old.id, old.topic, old.account_id, old.sub_account_id, old.subject_id, old.data, old.occurred_at))
  execute function refuse_change();

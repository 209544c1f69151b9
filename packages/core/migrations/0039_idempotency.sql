-- What a request that creates or pays was answered with, under the Idempotency-Key that its client gave it: written in the transaction of
-- the work, so that both are there or neither is (ADR 23).
create table idempotency_key (
  account_id uuid not null references account,
  key text not null constraint idempotency_key_in_length check (char_length(key) between 1 and 255),
  -- 0: the request itself; from 1: an item of a bulk order, which is a transaction of its own.
  item integer not null constraint idempotency_item_not_negative check (item >= 0),
  -- Of operation, path and body: another request under the same key is refused.
  content_sha256 bytea not null constraint idempotency_content_is_a_hash check (octet_length(content_sha256) = 32),
  -- As it was answered, less secrets. A refusal is never stored.
  status smallint not null constraint stored_answer_is_a_success check (status between 200 and 299),
  location text,
  body text not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint one_answer_per_idempotency_key primary key (account_id, key, item)
);
-- For its removal after thirty days.
create index idempotency_key_by_age on idempotency_key (created_at);

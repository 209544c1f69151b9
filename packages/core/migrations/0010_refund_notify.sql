-- Whoever refunds by hand chooses whether the customer is told of it; what the service refunds by itself is always told.
alter table refund
  add column notify boolean not null default true,
  add constraint automatic_refund_is_told check (cause = 'manual' or notify);

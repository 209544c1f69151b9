-- What an outcome shows about our creates, and what is counted of decided orders (ADR 33).

alter table catch_target
  -- Sent for the name, and those of them that certainly could not register it; null where it was decided before this was recorded.
  add column creates integer,
  add column wasted_creates integer,
  -- By how much a lost name was lost, in milliseconds; null where that is not known.
  add column lost_by_min_ms integer,
  add column lost_by_max_ms integer,
  add constraint only_decided_has_creates
    check ((creates is null) = (wasted_creates is null) and (creates is null or decided_at is not null)),
  add constraint wasted_creates_within_creates check (wasted_creates between 0 and creates),
  add constraint only_lost_has_margin check (lost_by_min_ms is null or state = 'lost'),
  add constraint loss_margin_is_an_interval
    check ((lost_by_min_ms is null) = (lost_by_max_ms is null) and lost_by_min_ms >= 0 and lost_by_min_ms <= lost_by_max_ms);

-- Decided orders, counted as they are decided. A row is written by the transactions that decide orders of its group.
create table order_statistic (
  -- UTC.
  day date not null,
  zone text not null references zone,
  release text not null,
  currency currency not null,
  -- The place of the band in `priceBandsFromMinor`.
  price_band smallint not null constraint statistic_price_band_known check (price_band between 0 and 3),
  outcome text not null,
  orders bigint not null constraint statistic_is_of_orders check (orders > 0),
  creates bigint not null,
  wasted_creates bigint not null,
  -- Lost orders by the most that they can have been lost by.
  lost_by_10ms bigint not null,
  lost_by_100ms bigint not null,
  lost_by_1s bigint not null,
  lost_by_10s bigint not null,
  lost_by_more bigint not null,
  lost_by_unknown bigint not null,
  constraint one_statistic_per_group primary key (day, zone, release, currency, price_band, outcome),
  constraint statistic_release_known
    check (release in ('daily_batch', 'exact_instant', 'random_in_window', 'open_window', 'applications')),
  constraint statistic_outcome_known
    check (outcome in ('registered', 'lost', 'missed', 'premium', 'withdrawn', 'refused')),
  constraint counted_waste_within_creates check (wasted_creates between 0 and creates),
  constraint every_counted_loss_has_a_class
    check (least(lost_by_10ms, lost_by_100ms, lost_by_1s, lost_by_10s, lost_by_more, lost_by_unknown) >= 0
      and lost_by_10ms + lost_by_100ms + lost_by_1s + lost_by_10s + lost_by_more + lost_by_unknown
        = case outcome when 'lost' then orders else 0 end)
);
create index order_statistic_of_zone on order_statistic (zone, day);

-- Orders that were decided before they were counted: of their creates and margins nothing is known.
insert into order_statistic
select (backorder.decided_at at time zone 'UTC')::date, listing.zone, zone.release, backorder.currency,
  case when price_minor >= 50000 then 3 when price_minor >= 10000 then 2 when price_minor >= 2500 then 1 else 0 end,
  coalesce(failure_reason, 'registered'), count(*), 0, 0, 0, 0, 0, 0, 0, count(*) filter (where failure_reason = 'lost')
from backorder join listing on listing.id = backorder.listing_id join zone on zone.name = listing.zone
where backorder.state in ('successful', 'failed')
group by 1, 2, 3, 4, 5, 6;

-- Decided orders stay decided, so what is counted never becomes less.
create trigger statistic_only_grows before update on order_statistic for each row
  when (row(new.day, new.zone, new.release, new.currency, new.price_band, new.outcome)
      is distinct from row(old.day, old.zone, old.release, old.currency, old.price_band, old.outcome)
    or new.orders < old.orders or new.creates < old.creates or new.wasted_creates < old.wasted_creates)
  execute function refuse_change();
create trigger statistic_is_never_deleted before delete on order_statistic for each row execute function refuse_change();

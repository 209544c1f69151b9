-- A reseller that is shut out: none of its keys opens anything. What it has ordered stays.

alter table account add column disabled_at timestamptz;

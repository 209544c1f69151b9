-- A reseller's own reference of an order, shown wherever the order is.

alter table backorder
  add column reference text,
  add constraint backorder_reference_is_one_line check (
    char_length(reference) between 1 and 64 and reference = btrim(reference) and reference !~ '[\x01-\x1f\x7f-\x9f]'
  );

-- Reports read what was issued and charged in a period.
create index invoice_by_issue on invoice (issued_at);
create index registry_charge_by_day on registry_charge (charged_at);

-- Finance looks at the refunds that failed all day; those that succeeded are a thousand times as many.
create index refund_failed on refund (created_at) where state = 'failed';

-- Whether the seller applies the reverse charge of the EU, and so names its VAT ID. Off: what was issued so far stays what it would be.
alter table seller add column reverse_charge boolean not null default false;
alter table seller add constraint reverse_charge_names_tax_id check (not reverse_charge or tax_id is not null);

-- All entries about a domain name, whatever was changed: its listing, its refunds, its invoice.
create index audit_by_name on audit_entry (coalesce(after ->> 'name', before ->> 'name'), seq);

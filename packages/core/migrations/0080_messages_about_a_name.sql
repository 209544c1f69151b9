-- What registries said of one name is shown where people decide its result.
create index registry_message_about on registry_message (about, received_at desc) where about is not null;

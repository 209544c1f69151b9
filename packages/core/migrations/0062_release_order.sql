-- By what a registry orders the names of a daily batch: their last update, then their ROID. The catcher asks about all names of a batch
-- in which it wants some, since only then it knows how many others are released between two of ours (ADR 37). A name about which the
-- registry said nothing has no ROID, and is not asked about again.
create table release_order (
  listing_id uuid constraint one_place_per_listing primary key references listing on delete cascade,
  updated_at timestamptz,
  roid text,
  asked_at timestamptz not null,
  constraint an_update_is_of_an_object check (updated_at is null or roid is not null)
);

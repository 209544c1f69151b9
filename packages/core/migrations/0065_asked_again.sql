-- When a try was reopened because another account is silent. A registry that hides who holds a name is asked once in each silence.
alter table target_try add column asked_again_at timestamptz;

-- A bulk run that was asked for with a key of a subtree goes no further than that.
alter table bulks add column under_uuid uuid;

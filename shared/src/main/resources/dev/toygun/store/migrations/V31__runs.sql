-- Runs of all resources, the newest first, as uuids are in order of time. No move writes either index.
create index tasks_by_name on tasks (type, name, uuid);

-- Those that are active. Only a list of them says that a uuid is above the least one, so that no lookup of a
-- resource's active tasks can stray into this index: after an ANALYZE that saw none it would be taken for empty.
create index tasks_newest on tasks (uuid)
  where active and uuid > '00000000-0000-0000-0000-000000000000';

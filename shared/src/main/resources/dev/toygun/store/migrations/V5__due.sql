-- What is due at no time is in no index of what is due. And a lookup of a resource's active tasks
-- cannot stray into this one: after an ANALYZE that saw no active task, the planner took any index
-- of the active ones for empty, and read all of it.
drop index tasks_due;
create index tasks_due on tasks
  (queue, type, schema_version, priority, due_at, uuid) include (resource_uuid)
  where active and due_at is not null;

-- History is entered with its resource, always: the key does.
drop index transitions_subject;

-- Nobody ticks the system's own resource. Older builds made it due as an alarm of the system came back
-- that was snoozed, and due it stayed.
update resources set due_at = null where type = '__system__' and due_at is not null;

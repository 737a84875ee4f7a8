-- The alarm of a brake can be lifted: its task goes on until a time.
alter table alarms
  drop constraint alarms_state_check,
  add constraint alarms_state_check check
    (state in ('pending', 'climbing', 'open', 'acknowledged', 'snoozed', 'lifted', 'ignored', 'folded',
               'held', 'closed'));

-- The clock looks whether they hold still.
create index alarms_brake on alarms (created_at) where active and name like 'brake:%';

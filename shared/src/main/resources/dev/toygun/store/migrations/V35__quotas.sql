-- Who uses more of the workers than its type's quota; its alarm is open as long as it is here.
create table heavy (
  resource_uuid uuid        primary key,
  type          text        not null,
  since         timestamptz not null default now()
);

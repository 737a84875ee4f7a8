-- A hold that abandons: what it holds is ended, without running its code. It is never released.

alter table holds
  add column abandons boolean not null default false,
  add check (not abandons or (scope = 'subtree' and until is null)),
  add check (not abandons or released_at is null or settled_at is not null);

create unique index holds_abandons on holds (resource_uuid) where abandons and settled_at is null;

-- Who says whether a resource answers.

alter table resources
  -- The tasks that have looked since nothing was known: once none of them looks any more, nothing is.
  add column observers text[] not null default '{}';

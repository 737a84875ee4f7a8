-- When each brake last had a reason to hold: it lets go a while after that.
create table held_brakes (
  type    text        not null,
  name    text        not null,
  at      uuid        not null,
  held_at timestamptz not null,
  primary key (type, name, at)
);

-- Who is signed in to the pages.
create table sessions (
  -- The SHA-256, in hexadecimal, of what the browser keeps: whoever reads this table is not signed in.
  hash       text        primary key check (length(hash) = 64),
  api_key    uuid        not null references api_keys,
  created_at timestamptz not null default now(),
  used_at    timestamptz not null default now(),
  expires_at timestamptz not null
);

create index sessions_expires_at on sessions (expires_at);

-- Who signed in to the pages elsewhere has no key.
alter table sessions alter column api_key drop not null;

-- Of an identity provider: whose it is, what they are called there, and what they may do here.
alter table sessions add column person uuid;
alter table sessions add column person_name text;
alter table sessions add column person_role text;

alter table sessions add constraint sessions_whose
  check (num_nonnulls(api_key, person) = 1 and num_nonnulls(person, person_name, person_role) in (0, 3));

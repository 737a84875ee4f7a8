-- What ticks have used, by the minute in which workers said so. A measurement, and no history: it is
-- no part of any commit, and is removed after a day.
create table usage (
  minute        timestamptz not null,
  type          text        not null,
  -- Empty for the ticks of resources themselves.
  task          text        not null,
  -- One of those that a worker's sample has kept, with what it stands for; or zeros: all of this
  -- type and task, and exactly.
  resource_uuid uuid        not null,
  -- A fraction where it is an estimate.
  ticks         double precision not null,
  -- Seconds in which code ran, in which async code waited for the world, and of commits.
  ran_s         double precision not null,
  waited_s        double precision not null,
  committed_s      double precision not null,
  primary key (minute, type, task, resource_uuid)
);

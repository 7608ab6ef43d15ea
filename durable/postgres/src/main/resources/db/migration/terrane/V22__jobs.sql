-- Background jobs, as the last server that knew them registered them, and how they did.
CREATE TABLE terrane.job (
    name          text        NOT NULL PRIMARY KEY,
    description   text        NOT NULL,
    every_seconds bigint      NOT NULL CHECK (every_seconds >= 0),
    run_count     bigint      NOT NULL DEFAULT 0,
    failure_count bigint      NOT NULL DEFAULT 0,
    last_ran_at   timestamptz,
    last_done     boolean,
    last_said     text
);

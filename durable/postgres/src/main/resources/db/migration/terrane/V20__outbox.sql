-- What cells have told others and others have not been told yet: one row per journal transaction, read in order and deleted when it was passed on.
CREATE TABLE terrane.outbox (
    id      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    content bytea       NOT NULL,
    at      timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE terrane.outbox ALTER COLUMN content SET STORAGE EXTERNAL;

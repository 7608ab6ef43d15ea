-- What the component schemas looked like under which checkpoints and journals were written, for versions that have another one.
CREATE TABLE terrane.component_schema (
    fingerprint bigint      NOT NULL PRIMARY KEY,
    description bytea       NOT NULL,
    first_seen  timestamptz NOT NULL DEFAULT now()
);

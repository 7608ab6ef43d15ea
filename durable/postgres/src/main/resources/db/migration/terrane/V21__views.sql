-- What events of cells leave behind for readers (H7): of some topics the newest document per key, of others every event.
CREATE TABLE terrane.view_document (
    world      text        NOT NULL,
    topic      text        NOT NULL,
    key        text        NOT NULL,
    version    bigint      NOT NULL,
    document   jsonb       NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (world, topic, key)
);

CREATE TABLE terrane.view_journal (
    number   bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    world    text        NOT NULL,
    event_id text        NOT NULL,
    topic    text        NOT NULL,
    key      text        NOT NULL,
    payload  jsonb       NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (world, event_id)
);
CREATE INDEX view_journal_key ON terrane.view_journal (world, topic, key, number);

-- Who may write which cell. Raising the epoch here fences every older owner: see the join in checkpoint saves.
CREATE TABLE terrane.cell_grant (
    world       text        NOT NULL,
    region_a    integer     NOT NULL,
    region_b    integer     NOT NULL,
    layer       smallint    NOT NULL,
    epoch       bigint      NOT NULL CHECK (epoch > 0),
    incarnation integer     NOT NULL UNIQUE CHECK (incarnation > 0),
    owner       text        NOT NULL,
    granted_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (world, region_a, region_b, layer)
);

-- Upper halves of entity ids. It may skip numbers but never gives one twice; at the end it refuses instead of wrapping.
CREATE SEQUENCE terrane.incarnation AS integer MINVALUE 1 MAXVALUE 2147483647 NO CYCLE;

CREATE TABLE terrane.checkpoint (
    world              text        NOT NULL,
    region_a           integer     NOT NULL,
    region_b           integer     NOT NULL,
    layer              smallint    NOT NULL,
    epoch              bigint      NOT NULL,
    tick               bigint      NOT NULL,
    format_version     integer     NOT NULL,
    schema_fingerprint bigint      NOT NULL,
    state_hash         bigint      NOT NULL, -- the cell's own, of its live state
    image_hash         bigint      NOT NULL, -- of the bytes before compression: finds damage in the store
    image_bytes        integer     NOT NULL,
    state              bytea       NOT NULL, -- deflated
    created_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (world, region_a, region_b, layer, epoch, tick)
);

-- Already compressed: the database need not try again.
ALTER TABLE terrane.checkpoint ALTER COLUMN state SET STORAGE EXTERNAL;

CREATE TABLE terrane.player_character (
    world                 text        NOT NULL,
    id                    uuid        NOT NULL,
    name                  text        NOT NULL,
    generation            integer     NOT NULL CHECK (generation > 0),
    logged_out_generation integer     NOT NULL DEFAULT 0,
    created_at            timestamptz NOT NULL DEFAULT now(),
    admitted_at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (world, id)
);

-- Goods. Movements say what came and went and are never changed; holdings follow them and nothing else; and when a transaction commits, what lies in the slots
-- of a container must be what it holds.

CREATE TABLE inventory.item_type (
    id        smallint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code      text     NOT NULL UNIQUE,
    stack_max integer  NOT NULL CHECK (stack_max BETWEEN 1 AND 1000000000),
    is_unique boolean  NOT NULL,
    CHECK (NOT is_unique OR stack_max = 1),
    UNIQUE (id, stack_max, is_unique)
);

CREATE TABLE inventory.container_kind (
    id         smallint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text     NOT NULL UNIQUE,
    slot_count smallint NOT NULL CHECK (slot_count BETWEEN 1 AND 256),
    UNIQUE (id, slot_count)
);

-- Movements, unique items and containers are numbered from here, a block per transaction.
CREATE SEQUENCE inventory.number AS bigint START 65536 INCREMENT 65536 MAXVALUE 9007199254740991 NO CYCLE;

CREATE TABLE inventory.container (
    id         bigint      NOT NULL PRIMARY KEY,
    address    text        NOT NULL UNIQUE,
    owner      text        NOT NULL,
    kind       smallint    NOT NULL,
    slot_count smallint    NOT NULL,
    opened_at  timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (kind, slot_count) REFERENCES inventory.container_kind (id, slot_count),
    UNIQUE (id, slot_count)
);
CREATE INDEX container_owner ON inventory.container (owner);

-- What lies in a slot. A unique item lies in one slot of the whole world at most.
CREATE TABLE inventory.stack (
    container  bigint   NOT NULL,
    slot       smallint NOT NULL,
    slot_count smallint NOT NULL,
    item_type  smallint NOT NULL,
    stack_max  integer  NOT NULL,
    is_unique  boolean  NOT NULL,
    amount     integer  NOT NULL,
    item       bigint   UNIQUE,
    PRIMARY KEY (container, slot),
    FOREIGN KEY (container, slot_count) REFERENCES inventory.container (id, slot_count),
    FOREIGN KEY (item_type, stack_max, is_unique) REFERENCES inventory.item_type (id, stack_max, is_unique),
    CONSTRAINT slot_is_there CHECK (slot >= 0 AND slot < slot_count),
    CONSTRAINT stack_is_not_too_high CHECK (amount BETWEEN 1 AND stack_max),
    CONSTRAINT unique_items_have_numbers CHECK (is_unique = (item IS NOT NULL))
);

-- from null: made, and the reference is its source; to null: used up.
CREATE TABLE inventory.movement (
    id             bigint      NOT NULL PRIMARY KEY,
    transaction    bigint      NOT NULL,
    item_type      smallint    NOT NULL REFERENCES inventory.item_type,
    amount         integer     NOT NULL CHECK (amount > 0),
    item           bigint,
    from_container bigint      REFERENCES inventory.container,
    to_container   bigint      REFERENCES inventory.container,
    at             timestamptz NOT NULL,
    key            bytea       NOT NULL,
    reference      text,
    CHECK (from_container IS DISTINCT FROM to_container),
    CONSTRAINT made_goods_name_their_source CHECK (from_container IS NOT NULL OR reference IS NOT NULL),
    CHECK (item IS NULL OR amount = 1)
);
CREATE INDEX movement_from ON inventory.movement (from_container, id);
CREATE INDEX movement_to ON inventory.movement (to_container, id);
CREATE UNIQUE INDEX item_is_made_once ON inventory.movement (item) WHERE from_container IS NULL AND item IS NOT NULL;

CREATE TABLE inventory.holding (
    container bigint   NOT NULL REFERENCES inventory.container,
    item_type smallint NOT NULL,
    amount    bigint   NOT NULL CONSTRAINT never_less_than_nothing CHECK (amount >= 0),
    PRIMARY KEY (container, item_type)
) WITH (fillfactor = 70);

-- The only way in which a holding changes.
CREATE FUNCTION inventory.apply_movements() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = inventory, pg_temp AS $$
BEGIN
    -- First the rows, then the amounts: an insert of less than nothing would be refused before it met the row that it is to change.
    INSERT INTO holding (container, item_type, amount)
        SELECT DISTINCT side.container, side.item_type, 0
        FROM (SELECT from_container AS container, item_type FROM added UNION ALL SELECT to_container, item_type FROM added) AS side
        WHERE side.container IS NOT NULL
        ORDER BY 1, 2
        ON CONFLICT DO NOTHING;
    UPDATE holding SET amount = holding.amount + delta.amount
    FROM (
        SELECT side.container, side.item_type, sum(side.amount) AS amount
        FROM (SELECT from_container AS container, item_type, -amount::bigint AS amount FROM added
              UNION ALL SELECT to_container, item_type, amount FROM added) AS side
        WHERE side.container IS NOT NULL
        GROUP BY 1, 2) AS delta
    WHERE holding.container = delta.container AND holding.item_type = delta.item_type;
    RETURN NULL;
END $$;
CREATE TRIGGER movement_changes_holdings AFTER INSERT ON inventory.movement
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION inventory.apply_movements();

-- Looked at when the transaction commits: until then slots and movements may be written in any order.
CREATE FUNCTION inventory.slots_agree() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = inventory, pg_temp AS $$
DECLARE
    looked_at record := coalesce(NEW, OLD);
    in_slots  bigint;
    held      bigint;
BEGIN
    SELECT coalesce(sum(amount), 0) INTO in_slots FROM stack WHERE container = looked_at.container AND item_type = looked_at.item_type;
    SELECT coalesce(sum(amount), 0) INTO held FROM holding WHERE container = looked_at.container AND item_type = looked_at.item_type;
    IF in_slots <> held THEN
        RAISE EXCEPTION 'container % holds % of item type %, but its slots have %', looked_at.container, held, looked_at.item_type, in_slots
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER slots_agree_with_holdings AFTER INSERT OR UPDATE OR DELETE ON inventory.stack
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION inventory.slots_agree();
CREATE CONSTRAINT TRIGGER holdings_agree_with_slots AFTER INSERT OR UPDATE ON inventory.holding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION inventory.slots_agree();

-- Locks containers in the order of their numbers, the same for everybody, and takes a block of numbers: the row without a container.
CREATE FUNCTION inventory.lock_containers(containers bigint[]) RETURNS TABLE (container bigint, first_number bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = inventory, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT c.id, 0::bigint FROM container c WHERE c.id = ANY (containers) ORDER BY c.id FOR NO KEY UPDATE;
    RETURN QUERY SELECT 0::bigint, nextval('number');
END $$;

-- For whoever sets the world up, not for the service.
CREATE FUNCTION inventory.declare_item(new_code text, new_stack_max integer, new_unique boolean) RETURNS void
    LANGUAGE plpgsql SET search_path = inventory, pg_temp AS $$
BEGIN
    INSERT INTO item_type (code, stack_max, is_unique) VALUES (new_code, new_stack_max, new_unique) ON CONFLICT (code) DO NOTHING;
    IF NOT EXISTS (SELECT FROM item_type WHERE code = new_code AND stack_max = new_stack_max AND is_unique = new_unique) THEN
        RAISE EXCEPTION 'item type % is there with another stack size, or differs in being unique', new_code;
    END IF;
END $$;
CREATE FUNCTION inventory.declare_kind(new_code text, new_slot_count integer) RETURNS void
    LANGUAGE plpgsql SET search_path = inventory, pg_temp AS $$
BEGIN
    INSERT INTO container_kind (code, slot_count) VALUES (new_code, new_slot_count) ON CONFLICT (code) DO NOTHING;
    IF NOT EXISTS (SELECT FROM container_kind WHERE code = new_code AND slot_count = new_slot_count) THEN
        RAISE EXCEPTION 'containers of kind % are there with another number of slots than %', new_code, new_slot_count;
    END IF;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA inventory FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inventory.forget_outcomes(timestamptz) TO ${role};
GRANT EXECUTE ON FUNCTION inventory.lock_containers(bigint[]) TO ${role};
GRANT SELECT ON inventory.item_type, inventory.container_kind, inventory.holding TO ${role};
GRANT SELECT, INSERT ON inventory.container, inventory.movement TO ${role};
GRANT SELECT, INSERT, DELETE ON inventory.stack TO ${role};

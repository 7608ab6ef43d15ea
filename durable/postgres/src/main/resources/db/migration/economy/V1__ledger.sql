-- Money. What may be added is decided by code; what can never be wrong is decided here: postings balance by their form, balances follow postings
-- and nothing else, nobody but an issuer is below zero, and what was written stays.

CREATE TABLE economy.currency (
    id       smallint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code     text     NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9]{0,15}$'),
    decimals smallint NOT NULL CHECK (decimals BETWEEN 0 AND 9)
);

-- Postings, holds and wallets are numbered from here, a block per transaction: so the numbers of one wallet's postings rise with time.
CREATE SEQUENCE economy.number AS bigint START 4096 INCREMENT 4096 MAXVALUE 9007199254740991 NO CYCLE;

-- What never changes about a wallet.
CREATE TABLE economy.wallet (
    id        bigint      NOT NULL PRIMARY KEY,
    address   text        NOT NULL UNIQUE,
    owner     text        NOT NULL,
    currency  smallint    NOT NULL REFERENCES economy.currency,
    issuer    boolean     NOT NULL DEFAULT false,
    opened_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX wallet_owner ON economy.wallet (owner);

-- What is in it. Small rows and room on each page: a change stays on its page and touches no index.
CREATE TABLE economy.balance (
    wallet    bigint   NOT NULL PRIMARY KEY REFERENCES economy.wallet,
    available bigint   NOT NULL DEFAULT 0,
    held      bigint   NOT NULL DEFAULT 0,
    currency  smallint NOT NULL,
    issuer    boolean  NOT NULL,
    CONSTRAINT never_below_zero CHECK (available >= CASE WHEN issuer THEN -9007199254740991 ELSE 0 END AND held >= 0),
    CONSTRAINT never_beyond_counting CHECK (available <= 9007199254740991 - held)
) WITH (fillfactor = 50);

-- The ledger. One row takes an amount from one place and puts it into another.
-- kind: 1 transfer, 2 exchange, 3 fee, 4 issue, 5 burn, 6 hold, 7 capture, 8 release, 9 reversal
CREATE TABLE economy.posting (
    id          bigint      NOT NULL PRIMARY KEY,
    transaction bigint      NOT NULL,
    from_wallet bigint      NOT NULL,
    to_wallet   bigint      NOT NULL,
    amount      bigint      NOT NULL CHECK (amount BETWEEN 1 AND 9007199254740991),
    at          timestamptz NOT NULL,
    currency    smallint    NOT NULL,
    kind        smallint    NOT NULL CHECK (kind BETWEEN 1 AND 9),
    reverses    bigint      UNIQUE REFERENCES economy.posting,
    key         bytea       NOT NULL,
    reference   text,
    CHECK (transaction <= id AND id - transaction < 4),
    CHECK ((kind IN (6, 8)) = (from_wallet = to_wallet)),
    CHECK ((kind = 9) = (reverses IS NOT NULL))
);
CREATE INDEX posting_from ON economy.posting (from_wallet, id);
CREATE INDEX posting_to ON economy.posting (to_wallet, id);

-- Money set aside. A hold ends at most once: its end has its number as primary key, and gives no more than was held.
CREATE TABLE economy.hold (
    id                bigint NOT NULL PRIMARY KEY REFERENCES economy.posting,
    from_wallet       bigint NOT NULL REFERENCES economy.wallet,
    to_wallet         bigint NOT NULL REFERENCES economy.wallet,
    amount            bigint NOT NULL CHECK (amount > 0),
    expires_at_millis bigint NOT NULL,
    UNIQUE (id, amount)
);
CREATE INDEX hold_from ON economy.hold (from_wallet);
CREATE INDEX hold_expiry ON economy.hold (expires_at_millis);

CREATE TABLE economy.hold_end (
    hold     bigint      NOT NULL PRIMARY KEY,
    amount   bigint      NOT NULL,
    captured bigint      NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (hold, amount) REFERENCES economy.hold (id, amount),
    CHECK (captured BETWEEN 0 AND amount)
);

-- The latest of a pair holds.
CREATE TABLE economy.rate (
    id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    from_currency smallint    NOT NULL REFERENCES economy.currency,
    to_currency   smallint    NOT NULL REFERENCES economy.currency,
    numerator     bigint      NOT NULL CHECK (numerator > 0),
    denominator   bigint      NOT NULL CHECK (denominator > 0),
    fee_millionths integer    NOT NULL CHECK (fee_millionths BETWEEN 0 AND 999999),
    at            timestamptz NOT NULL DEFAULT now(),
    CHECK (from_currency <> to_currency)
);
CREATE INDEX rate_pair ON economy.rate (from_currency, to_currency, id);

-- A wallet has a balance from its first moment: empty, whatever whoever opened it wants.
CREATE FUNCTION economy.give_balances() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = economy, pg_temp AS $$
BEGIN
    INSERT INTO balance (wallet, currency, issuer) SELECT id, currency, issuer FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER wallet_has_balance AFTER INSERT ON economy.wallet
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION economy.give_balances();

-- The only way in which a balance changes. A posting whose wallets are not both there, in its currency, changes fewer rows than it should: all is undone.
-- The planner is kept to the index: it cannot know how few the postings of one statement are.
CREATE FUNCTION economy.apply_postings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = economy, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    wanted  bigint;
    changed bigint;
BEGIN
    WITH delta AS MATERIALIZED (
        SELECT wallet, currency, sum(available)::bigint AS available, sum(held)::bigint AS held
        FROM (
            SELECT from_wallet AS wallet, currency,
                   CASE WHEN kind IN (7, 8) THEN 0 ELSE -amount END AS available,
                   CASE WHEN kind IN (7, 8) THEN -amount ELSE 0 END AS held
            FROM added
            UNION ALL
            SELECT to_wallet, currency,
                   CASE WHEN kind = 6 THEN 0 ELSE amount END,
                   CASE WHEN kind = 6 THEN amount ELSE 0 END
            FROM added) AS side
        GROUP BY wallet, currency
    ), applied AS (
        UPDATE balance SET available = balance.available + delta.available, held = balance.held + delta.held
        FROM delta WHERE balance.wallet = delta.wallet AND balance.currency = delta.currency
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM delta), (SELECT count(*) FROM applied) INTO wanted, changed;
    IF wanted <> changed THEN
        RAISE EXCEPTION 'a posting names a wallet that is not there, or is of another currency'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_moves_money AFTER INSERT ON economy.posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION economy.apply_postings();

-- Locks balances in the order of their wallets, the same for everybody, and takes a block of numbers when it has them: row 0.
CREATE FUNCTION economy.lock_balances(wallets bigint[]) RETURNS TABLE (wallet bigint, available bigint, held bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = economy, pg_temp SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT b.wallet, b.available, b.held FROM balance b WHERE b.wallet = ANY (wallets) ORDER BY b.wallet FOR NO KEY UPDATE;
    RETURN QUERY SELECT 0::bigint, nextval('number'), 0::bigint;
END $$;

-- For whoever sets the world up, not for the service. Says a currency's decimals differ instead of changing them.
CREATE FUNCTION economy.declare_currency(new_code text, new_decimals integer) RETURNS void
    LANGUAGE plpgsql SET search_path = economy, pg_temp AS $$
DECLARE
    currency_id smallint;
    first       bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('economy.declare_currency'));
    SELECT id INTO currency_id FROM currency WHERE code = new_code;
    IF currency_id IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM currency WHERE id = currency_id AND decimals = new_decimals) THEN
            RAISE EXCEPTION 'currency % is there with other decimals than %', new_code, new_decimals;
        END IF;
        RETURN;
    END IF;
    INSERT INTO currency (code, decimals) VALUES (new_code, new_decimals) RETURNING id INTO currency_id;
    first := nextval('number');
    INSERT INTO wallet (id, address, owner, currency, issuer) VALUES
        (first, 'system:mint/' || new_code, 'system:mint', currency_id, true),
        (first + 1, 'system:exchange/' || new_code, 'system:exchange', currency_id, false),
        (first + 2, 'system:exchange/' || new_code || '/fees', 'system:exchange', currency_id, false);
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA economy FROM PUBLIC;
GRANT EXECUTE ON FUNCTION economy.forget_outcomes(timestamptz) TO ${role};
GRANT EXECUTE ON FUNCTION economy.lock_balances(bigint[]) TO ${role};
-- Nothing is ever updated or deleted, and no issuer is opened, by the service.
GRANT SELECT ON economy.currency, economy.balance TO ${role};
GRANT SELECT, INSERT (id, address, owner, currency) ON economy.wallet TO ${role};
GRANT SELECT, INSERT ON economy.posting, economy.hold, economy.hold_end, economy.rate TO ${role};

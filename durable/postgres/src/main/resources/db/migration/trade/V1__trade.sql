-- What is offered, and trades on their way: each row is the whole state of a saga.

CREATE TABLE trade.offer (
    id         text    NOT NULL PRIMARY KEY,
    owner      text    NOT NULL,
    currency   text    NOT NULL,
    unit_price bigint  NOT NULL CHECK (unit_price > 0),
    buys       boolean NOT NULL,
    deliver    text    NOT NULL,
    what       text    NOT NULL
);

CREATE TABLE trade.trade (
    id         text        NOT NULL PRIMARY KEY,
    customer   text        NOT NULL,
    offer      text        NOT NULL,
    owner      text        NOT NULL,
    currency   text        NOT NULL,
    unit_price bigint      NOT NULL,
    buys       boolean     NOT NULL,
    deliver    text        NOT NULL,
    what       text        NOT NULL,
    quantity   integer     NOT NULL CHECK (quantity > 0),
    target     text        NOT NULL,
    total      bigint      NOT NULL CHECK (total = unit_price * quantity),
    state      text        NOT NULL,
    hold       bigint      NOT NULL,
    error_code text        NOT NULL,
    reason     text        NOT NULL,
    begun_at   timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CHECK (hold > 0 OR state IN ('HOLDING', 'STUCK_HOLDING', 'REFUSED'))
);
CREATE INDEX trade_customer ON trade.trade (customer, begun_at);
-- What is not over: for operators.
CREATE INDEX trade_open ON trade.trade (changed_at) WHERE state NOT IN ('DONE', 'REFUSED');

GRANT SELECT, INSERT, UPDATE ON trade.offer TO ${role};
GRANT SELECT, INSERT ON trade.trade TO ${role};
-- What was agreed stays as it was.
GRANT UPDATE (state, hold, error_code, reason, changed_at) ON trade.trade TO ${role};

-- Until when the money is set aside, and when the step that a trade waits for was last sent again.
ALTER TABLE trade.trade
    ADD COLUMN hold_until_millis bigint NOT NULL DEFAULT 0,
    ADD COLUMN sent_again_at     timestamptz;
GRANT UPDATE (hold_until_millis, sent_again_at) ON trade.trade TO ${role};

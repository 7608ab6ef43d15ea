-- The smallest service there is: for tests of what all services share.
CREATE TABLE counter.tally (
    name  text   NOT NULL PRIMARY KEY,
    value bigint NOT NULL CHECK (value <= 1000)
);
GRANT SELECT, INSERT, UPDATE ON counter.tally TO ${role};

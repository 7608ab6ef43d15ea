package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeClaimIT {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    @Test
    void refusesASecondProcessUnderOneName() {
        try (OwnDatabase own = OwnDatabase.make();
                NodeClaim first = NodeClaim.take(own.address(), "node-1", AT_ONCE)) {
            first.renew();
            assertThatThrownBy(() -> NodeClaim.take(own.address(), "node-1", AT_ONCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another server runs as node-1")
                    .hasMessageContaining("(from 127.0.0.1, since 20")
                    .hasMessageContaining("stop it first")
                    .hasMessageNotContaining(own.address().password());
            NodeClaim.take(own.address(), "node-2", AT_ONCE).close();
        }
    }

    @Test
    void isFreeAsSoonAsItsProcessHasEnded() {
        try (OwnDatabase own = OwnDatabase.make()) {
            NodeClaim.take(own.address(), "node-1", AT_ONCE).close();
            NodeClaim.take(own.address(), "node-1", A_WHILE).close();
        }
    }

    @Test
    void isTakenAgainWhenTheDatabaseHasForgottenIt() throws Exception {
        try (OwnDatabase own = OwnDatabase.make();
                NodeClaim claim = NodeClaim.take(own.address(), "node-1", AT_ONCE)) {
            DatabaseAddress address = own.address();
            try (Connection operator =
                            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                    Statement statement = operator.createStatement()) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'terrane-node-1' AND datname = current_database()");
            }
            claim.renew(); // finds the connection broken
            claim.renew();
            assertThatThrownBy(() -> NodeClaim.take(address, "node-1", AT_ONCE))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}

package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.checkpoint.StoreUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class DatabaseAwayIT {
    private static final NodeId NODE = Worlds.NODE;

    @Test
    void aDatabaseThatCannotBeReachedIsToldAtStart() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + closedPort + "/postgres";
        assertThatThrownBy(() -> PostgresStore.open(url, "terrane", "open-sesame"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("postgresql://127.0.0.1:" + closedPort + "/postgres could not be reached")
                .hasMessageNotContaining("open-sesame");
    }

    @Test
    void callsFailWithinTheTimeoutAndSucceedAgainWhenItIsBack() throws IOException {
        DatabaseAddress real = SharedPostgres.SERVER.address();
        int port = Integer.parseInt(real.jdbcUrl().replaceAll("^.*:([0-9]+)/.*$", "$1"));
        CellId cell = Worlds.cell(Worlds.fresh(), 0, 0);
        try (CuttableRelay relay = new CuttableRelay(port);
                PostgresStore store = PostgresStore.open(
                        "jdbc:postgresql://127.0.0.1:" + relay.port() + "/postgres", real.user(), real.password())) {
            long epoch = store.grants().grant(cell, NODE).epoch();
            store.checkpoints().save(Worlds.checkpoint(cell, epoch, 1));
            store.probe();

            relay.cut();
            assertThatThrownBy(() -> store.checkpoints().save(Worlds.checkpoint(cell, epoch, 2)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("could not save the checkpoint of cell " + cell)
                    .hasMessageNotContaining(real.password());
            assertThatThrownBy(store::probe).isInstanceOf(StoreUnavailableException.class);

            relay.mend();
            store.checkpoints().save(Worlds.checkpoint(cell, epoch, 3));
            assertThat(store.checkpoints().latest(cell).orElseThrow().tick()).isEqualTo(3);
        }
    }

    @Test
    void aRefusedCallIsABugAndNotAnAbsence() {
        try (Database database = new Database(SharedPostgres.SERVER.address())) {
            assertThatThrownBy(() -> database.run("do nonsense", handle -> handle.execute("SELECT nonsense")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("refused to do nonsense");
        }
    }
}

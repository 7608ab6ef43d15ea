package dev.terrane.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.link.Lane;
import dev.terrane.link.LinkEvents;
import dev.terrane.link.LinkInfo;
import dev.terrane.link.LinkLimits;
import dev.terrane.link.LinkLoss;
import dev.terrane.link.door.LinkAddress;
import dev.terrane.link.door.LinkOptions;
import dev.terrane.link.door.LinkPorts;
import dev.terrane.link.door.Links;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessage.Beat;
import dev.terrane.node.NodeMessage.NotDelivered;
import dev.terrane.node.NodeMessage.StandbyPiece;
import dev.terrane.node.NodeMessageCodec;
import dev.terrane.server.wire.WireEnd.Connected;
import dev.terrane.server.wire.WireEnd.Heard;
import dev.terrane.server.wire.WireEnd.Lost;
import dev.terrane.standby.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on real links. */
@Timeout(180)
class WireIT {
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(0, 0), 0);

    @TempDir
    Path folder;

    private static StandbyPiece piece(long number, byte[] frame) {
        return new StandbyPiece(CELL, 1, new Piece(1, number, frame));
    }

    private static byte[] bytes(long seed, int count) {
        Rng rng = new Rng(seed);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) rng.nextInt(256);
        }
        return bytes;
    }

    private static void link(WireEnd one, WireEnd other) throws InterruptedException {
        one.dial(other);
        one.await(Connected.class);
        other.await(Connected.class);
    }

    @Test
    void bringsMessagesOfALaneInTheirOrderWithLongOnesAmongThem() throws InterruptedException {
        try (WireEnd one = new WireEnd(folder, "n1", 1);
                WireEnd other = new WireEnd(folder, "n2", 2)) {
            link(one, other);
            assertThat(one.wire.linked()).containsExactly(other.wire.self());
            int count = 20_000;
            for (int number = 0; number < count; number++) {
                byte[] frame = number % 4_000 == 7 ? bytes(number, 3_000_000) : new byte[10];
                NodeMessage message = number % 2 == 0 ? new Beat(number, 0) : piece(number, frame);
                while (!one.wire.tell(other.wire.self(), message)) {
                    one.wire.flush();
                    Thread.onSpinWait();
                }
                if (number % 16 == 0) {
                    one.wire.flush();
                }
            }
            one.wire.flush();
            long beat = -2;
            long piece = -1;
            for (int i = 0; i < count; i++) {
                Heard heard = other.await(Heard.class);
                if (heard.message() instanceof Beat(long number, long ignored)) {
                    assertThat(number).isEqualTo(beat + 2);
                    beat = number;
                } else if (heard.message() instanceof StandbyPiece said) {
                    assertThat(said.piece().number()).isEqualTo(piece + 2);
                    piece = said.piece().number();
                    if (piece % 4_000 == 7) {
                        assertThat(said.piece().frame()).isEqualTo(bytes(piece, 3_000_000));
                    }
                }
            }
        }
    }

    @Test
    void bringsTheBaseOfALargeCellWhole() throws InterruptedException {
        try (WireEnd one = new WireEnd(folder, "n1", 1);
                WireEnd other = new WireEnd(folder, "n2", 2)) {
            link(one, other);
            byte[] base = bytes(1, 40 << 20);
            assertThat(one.wire.tell(other.wire.self(), piece(0, base))).isTrue();
            one.wire.flush();
            StandbyPiece heard = (StandbyPiece) other.await(Heard.class).message();
            assertThat(heard.piece().frame()).isEqualTo(base);
            assertThat(one.wire.tell(other.wire.self(), piece(1, new byte[(64 << 20) + 1])))
                    .isFalse();
        }
    }

    @Test
    void refusesWhatHasNoRoomAndDeliversNothingByHalves() throws InterruptedException {
        LinkLimits narrow = new LinkLimits(1_024, 4_096, 65_536, 40_000);
        try (WireEnd one = new WireEnd(folder, "n1", 1, narrow);
                WireEnd other = new WireEnd(folder, "n2", 2, narrow)) {
            link(one, other);
            NodeId to = other.wire.self();
            assertThat(one.wire.tell(to, piece(0, new byte[30_000]))).isTrue();
            assertThat(one.wire.tell(to, piece(1, new byte[30_000]))).isFalse();
            assertThat(one.wire.tell(to, piece(2, new byte[3_000]))).isTrue();
            one.wire.flush();
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                numbers.add(((StandbyPiece) other.await(Heard.class).message())
                        .piece()
                        .number());
            }
            assertThat(numbers).containsExactly(0L, 2L);
        }
    }

    @Test
    void sendsAMapHoweverLargeItIs() throws InterruptedException {
        try (WireEnd one = new WireEnd(folder, "n1", 1);
                WireEnd other = new WireEnd(folder, "n2", 2)) {
            link(one, other);
            TreeMap<String, byte[]> values = new TreeMap<>();
            for (int i = 0; i < 1_000; i++) {
                values.put("map/" + i, bytes(i, 4_000));
            }
            ClusterMap map = new ClusterMap(7, 1, List.of(), List.of(), values);
            assertThat(one.wire.tell(other.wire.self(), new NodeMessage.MapNews(map)))
                    .isTrue();
            one.wire.flush();
            NodeMessage.MapNews heard =
                    (NodeMessage.MapNews) other.await(Heard.class).message();
            assertThat(heard.map().values().get("map/999")).isEqualTo(bytes(999, 4_000));
        }
    }

    @Test
    void hearsItselfInOrderOnTheThreadThatHearsOthers() throws InterruptedException {
        try (WireEnd one = new WireEnd(folder, "n1", 1);
                WireEnd other = new WireEnd(folder, "n2", 2)) {
            link(one, other);
            other.wire.tell(one.wire.self(), new Beat(-1, 0));
            other.wire.flush();
            Thread links = one.await(Heard.class).by();
            for (int i = 0; i < 5_000; i++) {
                assertThat(one.wire.tell(one.wire.self(), new Beat(i, 0))).isTrue();
            }
            assertThat(one.heard).isEmpty(); // not before it is flushed
            one.wire.flush();
            for (int i = 0; i < 5_000; i++) {
                Heard heard = one.await(Heard.class);
                assertThat(heard.message()).isEqualTo(new Beat(i, 0));
                assertThat(heard.by()).isSameAs(links);
                assertThat(heard.peer()).isEqualTo(one.wire.self());
            }
            for (int i = 0; i < OwnPost.MESSAGE_COUNT_MAX; i++) {
                one.wire.tell(one.wire.self(), new Beat(i, 0));
            }
            assertThat(one.wire.tell(one.wire.self(), new Beat(0, 0))).isFalse();
        }
    }

    @Test
    void tellsOfAPeerThatStartsAnew() throws InterruptedException {
        try (WireEnd one = new WireEnd(folder, "n1", 1)) {
            WireEnd first = new WireEnd(folder, "n2", 21);
            int port = first.wire.port();
            one.dial(first);
            assertThat(one.await(Connected.class).life()).isEqualTo(21);
            first.close();
            assertThat(one.await(Lost.class).life()).isEqualTo(21);
            assertThat(one.wire.tell(first.wire.self(), new Beat(1, 1))).isFalse();
            assertThat(one.wire.linked()).isEmpty();
            try (WireEnd second = new WireEnd(folder, "n2", 22, port)) {
                assertThat(one.await(Connected.class).life()).isEqualTo(22);
                assertThat(one.wire.tell(second.wire.self(), new Beat(5, 1))).isTrue();
                one.wire.flush();
                assertThat(second.await(Heard.class).message()).isEqualTo(new Beat(5, 1));
                one.wire.forget(second.wire.self());
                assertThat(second.await(Lost.class).peer()).isEqualTo(one.wire.self());
            }
        }
    }

    @Test
    void dropsWhatCannotBeReadAndHearsTheRest() throws InterruptedException {
        WireSettings rough = WireEnd.settings(folder, "n1", 1, 0, WireSettings.LIMITS);
        LinkPorts deaf = new LinkPorts(Clock.system(), Meters.none(), new Deaf());
        try (WireEnd other = new WireEnd(folder, "n2", 2);
                Links links = Links.open(new LinkOptions(
                        rough.self(), rough.listen(), rough.files(), rough.limits(), rough.times(), deaf))) {
            NodeId to = other.wire.self();
            links.dial(to, new LinkAddress("127.0.0.1", other.wire.port()));
            other.await(Connected.class);
            NodeMessage last = new NotDelivered(3, "still here");
            ByteWriter out = new ByteWriter(64);
            new NodeMessageCodec(null).write(last, out);
            // A kind that nobody knows, a part that nothing goes before, nothing at all, and what is about cells.
            for (byte[] bytes : List.of(
                    new byte[] {99}, new byte[] {0x7F, 9, 0, 0, 0, 5, 0, 0, 0, 1}, new byte[0], new byte[] {20, 1})) {
                while (!links.offer(to, Lane.DATA, bytes, 0, bytes.length)) {
                    Thread.onSpinWait();
                }
            }
            links.offer(to, Lane.DATA, out.array(), 0, out.size());
            links.flush();
            assertThat(other.await(Heard.class).message()).isEqualTo(last);
            assertThat(other.counted("wire_malformed_messages")).isEqualTo(4);
        }
    }

    private static final class Deaf implements LinkEvents {
        @Override
        public void connected(NodeId peer, LinkInfo info) {}

        @Override
        public void received(NodeId peer, Lane lane, byte[] bytes, int offset, int length) {}

        @Override
        public void lost(NodeId peer, LinkLoss loss) {}
    }

    @Test
    void tellsNobodyBeforeItWasStarted() {
        Wire wire = Wire.open(
                WireEnd.settings(folder, "n1", 1, 0, WireSettings.LIMITS), null, Clock.system(), Meters.none());
        assertThat(wire.tell(new NodeId("n1"), new Beat(1, 1))).isFalse();
        assertThat(wire.linked()).isEmpty();
        assertThatThrownBy(wire::port).isInstanceOf(IllegalStateException.class).hasMessageContaining("n1");
        wire.close();
    }
}

package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeldMailTest {
    private static final CellId CELL = new CellId(new WorldId("test"), new RegionId(1, 2), 0);
    private static final CellId OTHER = new CellId(new WorldId("test"), new RegionId(2, 2), 0);

    private final List<String> heard = new ArrayList<>();
    private boolean seated;
    private long nowNanos = 1;
    private final HeldMail mail = new HeldMail(
            (cell, epoch, message) -> {
                if (!seated || !cell.equals(CELL)) {
                    return Admission.UNKNOWN;
                }
                heard.add("direct " + session(message));
                return Admission.ACCEPTED;
            },
            (cell, refused) -> refused == Admission.UNKNOWN && cell.equals(CELL),
            new Clock() {
                @Override
                public long nanos() {
                    return nowNanos;
                }

                @Override
                public long epochMillis() {
                    return 0;
                }
            },
            Meters.none());

    private static long session(CellInput message) {
        return ((CellInput.Leave) message).session();
    }

    private void seat() {
        mail.seat(
                CELL,
                (_, epoch, message) -> {
                    heard.add("held " + session(message) + " under " + epoch);
                    return Admission.ACCEPTED;
                },
                () -> seated = true);
    }

    private Admission offer(CellId to, long epoch, int session) {
        return mail.offer(to, epoch, new CellInput.Leave(session, false));
    }

    @Test
    void whatComesBeforeTheSeatIsHeardInOrderAndBeforeWhatComesAfterIt() {
        assertThat(offer(CELL, 4, 1)).isEqualTo(Admission.ACCEPTED);
        assertThat(offer(CELL, CellPort.ANY_EPOCH, 2)).isEqualTo(Admission.ACCEPTED);
        assertThat(heard).isEmpty();
        seat();
        offer(CELL, 4, 3);
        assertThat(heard).containsExactly("held 1 under 4", "held 2 under " + CellPort.ANY_EPOCH, "direct 3");
    }

    @Test
    void mailForACellThatIsNotExpectedIsRefused() {
        assertThat(offer(OTHER, 4, 1)).isEqualTo(Admission.UNKNOWN);
    }

    @Test
    void mailThatHasWaitedTooLongIsForgotten() {
        offer(CELL, 4, 1);
        nowNanos += TimeUnit.SECONDS.toNanos(2);
        offer(CELL, 4, 2);
        nowNanos += TimeUnit.SECONDS.toNanos(2);
        mail.dropOld();
        seat();
        assertThat(heard).containsExactly("held 2 under 4");
    }

    @Test
    void noMoreIsHeldThanThereIsRoomFor() {
        Admission last = Admission.ACCEPTED;
        int count = 0;
        while (last == Admission.ACCEPTED && count < 10_000) {
            last = offer(CELL, 4, count++);
        }
        assertThat(last).isEqualTo(Admission.FULL);
        assertThat(count).isEqualTo(HeldMail.LETTER_COUNT_MAX + 1);
    }
}

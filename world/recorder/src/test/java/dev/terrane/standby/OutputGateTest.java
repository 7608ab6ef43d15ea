package dev.terrane.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTap;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.RunningDraft;
import dev.terrane.cell.TickLog;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutputGateTest {
    private static final WorldId NAME = new WorldId("w");
    private static final CellId SELF = new CellId(NAME, new RegionId(0, 0), 0);
    private static final CellId LEFT = new CellId(NAME, new RegionId(1, 0), 0);
    private static final CellId RIGHT = new CellId(NAME, new RegionId(2, 0), 0);
    private static final CellSpec SPEC = new CellSpec(
            SELF,
            1,
            1,
            new World(new WorldMap("w", new StripPartition(3, 64, 64)), WorldSchema.of(List.of()), 1),
            CellSettings.defaults());

    private final List<String> heard = new ArrayList<>();
    private final Map<CellId, Admission> answers = new HashMap<>();
    private final TreeSet<Integer> fullGateways = new TreeSet<>();
    private final List<Long> ticked = new ArrayList<>();
    private final OutputGate gate = new OutputGate(new CellPorts(
            (cell, _, message) -> {
                Admission answer = answers.getOrDefault(cell, Admission.ACCEPTED);
                if (answer == Admission.ACCEPTED) {
                    heard.add(cell.region().a() + ":" + ((CellInput.PeerContinues) message).epoch());
                }
                return answer;
            },
            (gateway, message) -> {
                if (fullGateways.contains(gateway)) {
                    return false;
                }
                heard.add("gateway " + gateway + ":" + ((CellOutput.CellUp) message).epoch());
                return true;
            },
            new CellListener() {
                @Override
                public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
                    heard.add("here " + entity);
                }

                @Override
                public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {}

                @Override
                public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {}

                @Override
                public void loggedOut(CellId cell, CharacterId character, int generation) {}

                @Override
                public void image(ImageDraft draft, boolean last) {}
            },
            Meters.none(),
            () -> 0,
            _ -> new Tap()));
    private final CellPorts ports = gate.ports();
    private final CellTap tap = Objects.requireNonNull(ports.taps().open(SPEC));
    private long tick;

    private final class Tap implements CellTap {
        @Override
        public int hashTicks() {
            return 1;
        }

        @Override
        public void ticked(TickLog log) {
            ticked.add(log.tick());
        }

        @Override
        public boolean baseDue(long due) {
            return false;
        }

        @Override
        public void base(RunningDraft draft) {}

        @Override
        public void interrupted() {}
    }

    private Admission say(CellId to, long what) {
        return ports.cells().offer(to, CellPort.ANY_EPOCH, new CellInput.PeerContinues(SELF, what));
    }

    private boolean say(int gateway, long what) {
        return ports.gateways().offer(gateway, new CellOutput.CellUp(SELF, what));
    }

    private void endTick() {
        tap.ticked(new TickLog(++tick, 0));
    }

    private void hold() {
        gate.hold();
        endTick();
    }

    @Test
    void passesEverythingAtOnceWhileNobodyFollows() {
        answers.put(RIGHT, Admission.FULL);
        assertThat(say(LEFT, 1)).isEqualTo(Admission.ACCEPTED);
        assertThat(say(RIGHT, 2)).as("the real answer").isEqualTo(Admission.FULL);
        assertThat(heard).containsExactly("1:1");
    }

    @Test
    void holdsWhatIsSaidInATickUntilThatIsStable() {
        hold();
        assertThat(gate.holdsFromTick()).isEqualTo(2);
        say(LEFT, 1);
        ports.listener().avatarHere(SELF, new CharacterId(new UUID(1, 1)), 7, 1);
        say(0, 2);
        gate.release(1);
        assertThat(heard).as("the tick is not over").isEmpty();
        endTick();
        say(LEFT, 3);
        endTick();
        assertThat(gate.heldCount()).isEqualTo(4);
        gate.release(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void releasesInOrderTickByTick() {
        hold();
        say(LEFT, 1);
        ports.listener().avatarHere(SELF, new CharacterId(new UUID(1, 1)), 7, 1);
        say(0, 2);
        endTick();
        say(LEFT, 3);
        endTick();
        gate.release(2);
        assertThat(heard).containsExactly("1:1", "here 7", "gateway 0:2");
        gate.release(3);
        assertThat(heard).last().isEqualTo("1:3");
        assertThat(gate.heldCount()).isZero();
    }

    @Test
    void keepsWhatATargetRefusesAndEverythingBehindItForThatTargetOnly() {
        hold();
        say(LEFT, 1);
        say(RIGHT, 1);
        say(LEFT, 2);
        endTick();
        answers.put(LEFT, Admission.SEALED);
        gate.release(2);
        assertThat(heard).containsExactly("2:1");
        assertThat(say(LEFT, 3)).as("as it would hear without a gate").isEqualTo(Admission.FULL);
        answers.remove(LEFT);
        gate.release(2);
        assertThat(heard).containsExactly("2:1", "1:1", "1:2");
        assertThat(say(LEFT, 4)).isEqualTo(Admission.ACCEPTED);
    }

    @Test
    void keepsWhatAGatewayRefusesUntilItIsGone() {
        hold();
        say(3, 1);
        endTick();
        fullGateways.add(3);
        gate.release(2);
        assertThat(say(3, 2)).isFalse();
        assertThat(say(4, 2)).isTrue();
        gate.gatewayGone(3);
        gate.release(2);
        endTick();
        gate.release(3);
        assertThat(heard).containsExactly("gateway 4:2");
        assertThat(gate.heldCount()).isZero();
    }

    @Test
    void dropsWhatIsForNobodyAndSaysSoForSomeTicks() {
        hold();
        answers.put(LEFT, Admission.UNKNOWN);
        assertThat(say(LEFT, 1)).isEqualTo(Admission.ACCEPTED);
        endTick();
        gate.release(2);
        assertThat(gate.droppedCount()).isEqualTo(1);
        answers.remove(LEFT);
        for (int i = 0; i < OutputGate.MISSING_TICKS; i++) {
            assertThat(say(LEFT, 2)).isEqualTo(Admission.UNKNOWN);
            endTick();
        }
        assertThat(say(LEFT, 3)).isEqualTo(Admission.ACCEPTED);
        endTick();
        gate.release(tick);
        assertThat(heard).containsExactly("1:3");
    }

    @Test
    void refusesWhenTooMuchIsHeld() {
        hold();
        for (int i = 0; i < OutputGate.HELD_COUNT_MAX; i++) {
            say(LEFT, i);
        }
        assertThat(say(RIGHT, 1)).isEqualTo(Admission.FULL);
        assertThat(say(0, 1)).isFalse();
        ports.listener().avatarHere(SELF, new CharacterId(new UUID(1, 1)), 7, 1);
        endTick();
        gate.release(2);
        assertThat(heard).hasSize(OutputGate.HELD_COUNT_MAX + 1).endsWith("here 7");
    }

    @Test
    void letsNothingOvertakeWhenNobodyFollowsAnyMore() {
        hold();
        say(LEFT, 1);
        endTick();
        gate.pass();
        say(LEFT, 2);
        assertThat(heard).isEmpty();
        endTick();
        assertThat(heard).containsExactly("1:1", "1:2");
        say(LEFT, 3);
        assertThat(heard).containsExactly("1:1", "1:2", "1:3");
    }

    @Test
    void forgetsWhatAFailingTickSaid() {
        hold();
        say(LEFT, 1);
        TickLog failed = new TickLog(++tick, 0);
        failed.fail();
        tap.ticked(failed);
        gate.release(100);
        assertThat(heard).isEmpty();
        assertThat(gate.heldCount()).isZero();
        assertThat(ticked).endsWith(failed.tick());
    }

    @Test
    void cannotHoldForSomebodyWhoHearsNothing() {
        CellPorts deaf = new CellPorts(
                (_, _, _) -> Admission.ACCEPTED, (_, _) -> true, CellListener.none(), Meters.none(), () -> 0);
        OutputGate untapped = new OutputGate(deaf);
        assertThat(untapped.ports().taps().open(SPEC)).isNull();
        assertThatThrownBy(untapped::hold).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void staysInOrderWhileAnotherThreadReleases() throws InterruptedException {
        hold();
        AtomicBoolean over = new AtomicBoolean();
        List<Long> released = new ArrayList<>();
        Thread sender = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                gate.release(Long.MAX_VALUE);
            }
        });
        int said = 0;
        for (int i = 0; i < 20_000; i++) {
            for (int n = 0; n < 3; n++) {
                if (say(LEFT, said + 1) == Admission.ACCEPTED) {
                    said++;
                }
            }
            endTick();
        }
        over.set(true);
        sender.join();
        gate.release(Long.MAX_VALUE);
        heard.forEach(each -> released.add(Long.parseLong(each.substring(2))));
        assertThat(released).hasSize(said).isSorted().doesNotHaveDuplicates();
    }
}

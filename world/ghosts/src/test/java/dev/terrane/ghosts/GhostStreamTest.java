package dev.terrane.ghosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;
import dev.terrane.protocol.cluster.CellInput.GhostSubscribe;
import dev.terrane.protocol.cluster.CellInput.GhostUnsubscribe;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows of batches between two cells, message by message. */
class GhostStreamTest {
    private static final WorldId WORLD = new WorldId("streams");
    private static final StripPartition STRIP = new StripPartition(3, 128, 128);

    private final ModelCell seer = new ModelCell(new CellId(WORLD, new RegionId(0, 0), 0), STRIP, 100, Sabotage.NONE);
    private final ModelCell seen = new ModelCell(new CellId(WORLD, new RegionId(1, 0), 0), STRIP, 100, Sabotage.NONE);
    private final ModelCell beyond = new ModelCell(new CellId(WORLD, new RegionId(2, 0), 0), STRIP, 100, Sabotage.NONE);
    private final List<CellInput> toBeyond = new ArrayList<>();
    private final List<CellInput> toSeer = new ArrayList<>();
    private final List<CellInput> toSeen = new ArrayList<>();
    private long tick;

    private Admission send(CellId to, CellInput message) {
        List<CellInput> way = to.equals(seer.id) ? toSeer : to.equals(seen.id) ? toSeen : toBeyond;
        way.add(message);
        return Admission.ACCEPTED;
    }

    /** All cells' tick; what they say stays in the lists until the test hands it over. */
    private void tick() {
        tick++;
        for (ModelCell cell : List.of(seer, seen, beyond)) {
            cell.subscriber.beginTick(tick);
            cell.tellAndAsk(tick, this::send);
        }
    }

    private void handOver() {
        toSeer.forEach(message -> seer.take(message, tick));
        toSeer.clear();
        toSeen.forEach(message -> seen.take(message, tick));
        toSeen.clear();
        toBeyond.forEach(message -> beyond.take(message, tick));
        toBeyond.clear();
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            tick();
            handOver();
        }
    }

    private void watchAll() {
        seer.want(seen.id, IntStream.range(0, seen.grid.chunkCount()).toArray());
        seen.spawn(1, new Position(0, 0, 0), new Nameplate("one"));
        ticks(3);
        assertThat(seer.subscriber.find(1)).isNotZero();
    }

    private void move(long id, float x) {
        seen.store.set(seen.handle(id), ModelCell.SCHEMA.type(Position.class), new Position(x, 0, 0));
    }

    private float ghostX(long id) {
        var position = ModelCell.SCHEMA.type(Position.class);
        return seer.subscriber.ghosts().get(seer.subscriber.find(id), position).x();
    }

    @Test
    void tellsOnlyWhatChanged() {
        watchAll();
        seen.spawn(2, new Position(8, 0, 0), new Nameplate("two"));
        tick();
        GhostBatch entered = (GhostBatch) toSeer.getFirst();
        handOver();
        move(2, 9);
        tick();
        GhostBatch changed = (GhostBatch) toSeer.getFirst();
        handOver();
        assertThat(changed.length()).isLessThan(entered.length()).isEqualTo(1 + 1 + 4);
        assertThat(ghostX(2)).isEqualTo(9 + 128);
        tick();
        assertThat(toSeer).as("nothing to say").isEmpty();
    }

    @Test
    void ignoresABatchThatComesAgain() {
        watchAll();
        move(1, 1);
        tick();
        CellInput old = toSeer.getFirst();
        handOver();
        move(1, 2);
        ticks(1);
        seer.take(old, tick);
        assertThat(ghostX(1)).isEqualTo(2 + 128);
    }

    /** A row that has ended and one that begins are not one row, whatever of them is lost. */
    @Test
    void takesNothingOfANewRowWhoseBeginningIsLost() {
        watchAll();
        long known = lastSeq();
        seen.take(new GhostUnsubscribe(seer.id, seer.epoch), tick); // has been late for long
        while (toSeen.stream().noneMatch(GhostSubscribe.class::isInstance)) {
            tick();
        }
        handOver();
        seen.spawn(2, new Position(8, 0, 0), new Nameplate("two"));
        for (long lost = 0; lost < known; lost++) {
            move(1, lost + 10);
            tick();
            toSeer.clear();
        }
        move(1, 5);
        ticks(1);
        assertThat(seer.subscriber.find(2)).as("the gap is seen").isZero();
        ticks(3);
        assertThat(seer.subscriber.find(2)).as("and healed").isNotZero();
        assertThat(ghostX(1)).isEqualTo(5 + 128);
    }

    /** How many batches came so far. */
    private long lastSeq() {
        move(1, 3);
        tick();
        long seq = ((GhostBatch) toSeer.getFirst()).seq();
        handOver();
        return (int) seq;
    }

    @Test
    void endsTheGhostsOfASilentSource() {
        watchAll();
        for (int silent = 1; silent <= GhostLimits.TTL_TICKS; silent++) {
            tick();
            toSeer.clear();
            if (silent == GhostLimits.TTL_TICKS / 2) {
                assertThat(seer.subscriber.ghostCount()).isEqualTo(1);
            }
        }
        assertThat(seer.subscriber.ghostCount()).isZero();
    }

    @Test
    void saysThatItIsThereThoughNothingHappens() {
        watchAll();
        ticks(5 * GhostLimits.TTL_TICKS);
        assertThat(seer.subscriber.ghostCount()).isEqualTo(1);
        assertThat(seen.publisher.subscriberCount()).isEqualTo(1);
    }

    @Test
    void asksARestartedSourceAtOnce() {
        watchAll();
        seen.restart();
        seer.subscriber.restarted(seen.id);
        seen.spawn(2, new Position(8, 0, 0), new Nameplate("two"));
        ticks(3);
        assertThat(seer.subscriber.find(2)).isNotZero();
    }

    /** What the former owner said is late: it must not bring back the past, nor keep the new owner's news out. */
    @Test
    void believesTheHigherOwnership() {
        seer.want(beyond.id, IntStream.range(0, beyond.grid.chunkCount()).toArray());
        watchAll();
        seen.spawn(2, new Position(60, 0, 0), new Nameplate("two"));
        tick();
        List<CellInput> late = new ArrayList<>(toSeer);
        toSeer.clear();
        byte[] image = seen.depart(2, beyond.id, tick);
        tick();
        late.addAll(toSeer);
        toSeer.clear();
        beyond.arrive(2, image, 2, -60, 0);
        ticks(1);
        assertThat(ghostX(2)).isEqualTo(256 - 60);
        late.forEach(message -> seer.take(message, tick));
        for (int i = 0; i < 2 * GhostLimits.BRIDGE_TICKS; i++) {
            assertThat(ghostX(2)).isEqualTo(256 - 60);
            assertThat(seer.subscriber.ownerOf(2)).isEqualTo(beyond.id);
            ticks(1);
        }
    }

    @Test
    void startsAnewAfterBrokenBytes() {
        watchAll();
        move(1, 7);
        tick();
        GhostBatch batch = (GhostBatch) toSeer.removeFirst();
        seer.take(
                new GhostBatch(
                        batch.source(),
                        batch.sourceEpoch(),
                        batch.stream(),
                        batch.seq(),
                        batch.tick(),
                        batch.bytes(),
                        batch.length() - 1),
                tick);
        ticks(3);
        assertThat(ghostX(1)).isEqualTo(7 + 128);
    }
}

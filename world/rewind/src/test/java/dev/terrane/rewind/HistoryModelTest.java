package dev.terrane.rewind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.Place;
import dev.terrane.space.Bounds;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random crowds, of which some are told of late, stop, jump, die and come back, against maps of everything. The seed is in the name of each run. */
class HistoryModelTest {
    private static final int KEPT_TICKS = 12;
    private static final float JUMP_METRES = 20;
    private static final int ID_COUNT = 60;
    private static final HistoryLimits LIMITS = new HistoryLimits(KEPT_TICKS, JUMP_METRES);

    private record Seen(float x, float y) {}

    /** By id: where it was seen in which tick. */
    private final Map<Long, TreeMap<Long, Seen>> model = new TreeMap<>();

    private final Map<Long, Long> cuts = new TreeMap<>();
    private final float[] x = new float[ID_COUNT + 1];
    private final float[] y = new float[ID_COUNT + 1];
    private History history = history();
    private long now;

    private static History history() {
        return new History(LIMITS, new Bounds(-100, -100, 100, 100), 32);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersAsMapsOfEverythingDo(long seed) {
        Rng rng = new Rng(seed);
        int compared = 0;
        for (int round = 0; round < 150; round++) {
            now += rng.chance(0.05f) ? 1 + rng.nextInt(30) : 1;
            history.begin(now);
            forgetTheOld();
            for (long id = 1; id <= ID_COUNT; id++) {
                live(id, rng);
            }
            for (int look = 0; look < 6; look++) {
                compared += compare(rng);
            }
            if (rng.chance(0.1f)) {
                goOnFromBytes();
            }
        }
        assertThat(compared).as("places that were compared").isGreaterThan(5000);
    }

    private void live(long id, Rng rng) {
        int at = (int) id;
        x[at] = Math.clamp(x[at] + rng.nextFloat(-5, 5), -120, 120);
        y[at] = Math.clamp(y[at] + rng.nextFloat(-5, 5), -120, 120);
        if (rng.chance(0.01f)) {
            x[at] = rng.nextFloat(-120, 120);
        }
        if (rng.chance(0.01f)) {
            history.forget(id);
            if (model.containsKey(id)) {
                model.get(id).clear();
                cuts.put(id, now);
            }
        }
        boolean present = (id * 7 + now / 40) % 5 != 0;
        boolean ghost = id % 3 == 0;
        if (present && (!ghost || rng.chance(0.8f))) {
            long tick = ghost ? now - rng.nextInt(3) : now;
            history.file(id, tick, x[at], y[at], 0);
            put(id, tick, new Seen(x[at], y[at]));
        }
    }

    private void put(long id, long tick, Seen seen) {
        TreeMap<Long, Seen> known = model.computeIfAbsent(id, _ -> new TreeMap<>());
        Map.Entry<Long, Seen> before = known.lowerEntry(tick);
        if (before != null) {
            float dx = seen.x - before.getValue().x;
            float dy = seen.y - before.getValue().y;
            float far = JUMP_METRES * (tick - before.getKey());
            if (dx * dx + dy * dy > far * far) {
                known.clear();
                cuts.put(id, tick);
            }
        }
        known.put(tick, seen);
    }

    private void forgetTheOld() {
        model.values().forEach(known -> known.headMap(now - KEPT_TICKS).clear());
        model.entrySet().removeIf(known -> known.getValue().isEmpty() && cutLately(known.getKey()) == null);
        cuts.keySet().removeIf(id -> !model.containsKey(id));
    }

    private @Nullable Long cutLately(long id) {
        Long cut = cuts.get(id);
        return cut == null || cut < now - KEPT_TICKS ? null : cut;
    }

    private @Nullable Seen expected(long id, double moment) {
        NavigableMap<Long, Seen> known = model.getOrDefault(id, new TreeMap<>());
        if (known.isEmpty() || moment < cuts.getOrDefault(id, Long.MIN_VALUE)) {
            return null;
        }
        Map.Entry<Long, Seen> before = known.floorEntry((long) Math.floor(moment));
        Map.Entry<Long, Seen> after = known.ceilingEntry((long) Math.ceil(moment));
        if (before == null || after == null || before.getKey().equals(after.getKey())) {
            return before == null ? known.firstEntry().getValue() : before.getValue();
        }
        double share = (moment - before.getKey()) / (after.getKey() - before.getKey());
        Seen a = before.getValue();
        Seen b = after.getValue();
        return new Seen((float) (a.x + (b.x - a.x) * share), (float) (a.y + (b.y - a.y) * share));
    }

    private int compare(Rng rng) {
        float ago = rng.chance(0.3f) ? rng.nextInt(KEPT_TICKS + 1) : rng.nextFloat(0, KEPT_TICKS);
        Past past = history.at(ago);
        float atX = rng.nextFloat(-120, 120);
        float atY = rng.nextFloat(-120, 120);
        float radius = rng.nextFloat(1, 80);
        long[] ids = new long[ID_COUNT];
        long[] found = Arrays.copyOf(ids, past.near(atX, atY, radius, ids));
        ids = Arrays.copyOf(ids, found.length);
        Arrays.sort(ids);
        Place place = new Place();
        for (long id = 1; id <= ID_COUNT; id++) {
            Seen seen = expected(id, now - (double) ago);
            boolean known = past.find(id, place);
            assertThat(known).as("%d known %s ticks before %d", id, ago, now).isEqualTo(seen != null);
            boolean isNear = Arrays.binarySearch(ids, id) >= 0;
            if (seen == null) {
                assertThat(isNear).isFalse();
                continue;
            }
            assertThat(place.x).isCloseTo(seen.x, Assertions.within(0.001f));
            assertThat(place.y).isCloseTo(seen.y, Assertions.within(0.001f));
            double distance = Math.sqrt(Math.pow(place.x - atX, 2) + Math.pow(place.y - atY, 2));
            if (Math.abs(distance - radius) > 0.001) {
                assertThat(isNear)
                        .as("%d, %s m of %s m away, %s ticks before %d", id, distance, radius, ago, now)
                        .isEqualTo(distance < radius);
            }
        }
        return ID_COUNT;
    }

    /** As a twin does: what is read goes on as what was written would have, to the bit. */
    private void goOnFromBytes() {
        byte[] bytes = HistoryTest.bytes(history);
        History read = history();
        read.read(new ByteReader(bytes));
        assertThat(HistoryTest.bytes(read)).isEqualTo(bytes);
        History former = history;
        for (History each : new History[] {former, read}) {
            each.begin(now + 1);
            each.file(1, now + 1, x[1], y[1], 0);
            each.file(4711, now + 1, 1, 1, 0);
        }
        assertThat(HistoryTest.bytes(read)).as("a tick later").isEqualTo(HistoryTest.bytes(former));
        now++;
        forgetTheOld();
        put(1, now, new Seen(x[1], y[1]));
        history = read;
    }
}

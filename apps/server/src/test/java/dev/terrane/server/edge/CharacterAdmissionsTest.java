package dev.terrane.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.directory.Claim;
import dev.terrane.directory.Directory;
import dev.terrane.gateway.Admissions;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.server.world.WorldSetup;
import dev.terrane.space.SinglePartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CharacterAdmissionsTest {
    private static final WorldId WORLD = new WorldId("test");
    private static final CellId CELL = new CellId(WORLD, new RegionId(0, 0), 0);

    private final ScheduledExecutorService jobs = Executors.newSingleThreadScheduledExecutor();
    private final Directory directory = new Directory();
    private final GatewayInbox inbox = new GatewayInbox(4096, () -> {});
    private final Store store = new Store();
    private final CharacterAdmissions admissions = new CharacterAdmissions(
            store,
            new DirectoryClaims(directory),
            new WorldMap("test", new SinglePartition(256, 256)),
            new Plain(),
            new WorldSetup.Runtime(Clock.system(), Meters.none(), jobs),
            () -> true,
            region -> Optional.of(CELL));

    @AfterEach
    void stop() {
        jobs.shutdownNow();
    }

    @Test
    void givesClaimsBackWhenTheStoreIsAway() throws ExecutionException, InterruptedException {
        CharacterId ada = new CharacterId(UUID.randomUUID());
        store.away = true;
        admissions.admit(request(ada), inbox);
        settle();
        assertThat(store.batches).containsExactly(1);
        assertThat(directory.claim(ada, CELL)).isInstanceOf(Claim.Yours.class);
    }

    @Test
    void admitsAFloodInFewTransactionsAndTheSameCharacterOncePerTransaction()
            throws ExecutionException, InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        jobs.execute(() -> await(open));
        CharacterId twice = new CharacterId(UUID.randomUUID());
        admissions.admit(request(twice), inbox);
        admissions.admit(request(twice), inbox);
        for (int i = 0; i < 299; i++) {
            admissions.admit(request(new CharacterId(UUID.randomUUID())), inbox);
        }
        open.countDown();
        settle();
        // The second word of the same character waits until its avatar has come: it is asked again later.
        assertThat(store.batches).containsExactly(256, 44);
    }

    private static Admissions.Request request(CharacterId character) {
        return new Admissions.Request(1, 1, character, WORLD, "Ada", false);
    }

    private void settle() throws ExecutionException, InterruptedException {
        jobs.submit(() -> {}).get();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Remembers how many were admitted at once. */
    private static final class Store implements CharacterStore {
        private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean away;

        @Override
        public int[] admit(WorldId world, List<Entrant> entrants) {
            assertThat(entrants.stream().map(Entrant::character)).doesNotHaveDuplicates();
            batches.add(entrants.size());
            if (away) {
                throw new StoreUnavailableException("away", new IllegalStateException());
            }
            return entrants.stream().mapToInt(each -> 1).toArray();
        }

        @Override
        public void loggedOut(WorldId world, CharacterId character, int generation) {}

        @Override
        public Map<CharacterId, Integer> loggedOut(WorldId world) {
            return Map.of();
        }
    }

    /** Everybody enters in the middle. */
    private static final class Plain implements WorldPlugin {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of();
        }

        @Override
        public List<Class<? extends Record>> events() {
            return List.of();
        }

        @Override
        public WorldPosition entrance(WorldMap map, long characterSeed) {
            return new WorldPosition(0, 0);
        }

        @Override
        public void configure(WorldContext world) {}
    }
}

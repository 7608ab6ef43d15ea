package dev.terrane.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private static final CellId WEST = new CellId(new WorldId("w"), new RegionId(0, 0), 0);
    private static final CellId EAST = new CellId(new WorldId("w"), new RegionId(1, 0), 0);
    private static final long SHIP = 77;

    private final Directory directory = new Directory();
    private final CharacterId ada = new CharacterId(UUID.randomUUID());

    @Test
    void onlyOneMaySpawnACharacter() {
        assertThat(directory.claim(ada, WEST)).isInstanceOf(Claim.Yours.class);
        assertThat(directory.claim(ada, EAST)).isInstanceOf(Claim.Spawning.class);
        directory.arrived(ada, WEST, SHIP, 1);
        assertThat(directory.claim(ada, EAST)).isEqualTo(new Claim.Located(WEST, SHIP));
    }

    @Test
    void onlyOneOfManyThreadsIsToldToSpawn() throws Exception {
        int threadCount = 8;
        CyclicBarrier start = new CyclicBarrier(threadCount);
        try (ExecutorService threads = Executors.newFixedThreadPool(threadCount)) {
            for (int round = 0; round < 200; round++) {
                CharacterId character = new CharacterId(UUID.randomUUID());
                List<Future<Claim>> claims = new ArrayList<>();
                for (int i = 0; i < threadCount; i++) {
                    claims.add(threads.submit(() -> {
                        start.await();
                        return directory.claim(character, WEST);
                    }));
                }
                int yours = 0;
                for (Future<Claim> claim : claims) {
                    yours += claim.get() instanceof Claim.Yours ? 1 : 0;
                }
                assertThat(yours).isEqualTo(1);
            }
        }
    }

    @Test
    void anAbandonedClaimIsFreeAgainButOnlyForItsHolder() {
        long ticket = ((Claim.Yours) directory.claim(ada, WEST)).ticket();
        directory.abandon(ada, ticket + 1);
        assertThat(directory.claim(ada, WEST)).isInstanceOf(Claim.Spawning.class);
        directory.abandon(ada, ticket);
        assertThat(directory.claim(ada, WEST)).isInstanceOf(Claim.Yours.class);
        directory.abandon(ada, ticket);
        assertThat(directory.claim(ada, WEST)).isInstanceOf(Claim.Spawning.class);
    }

    @Test
    void aClaimIsNotAbandonedAfterItsAvatarArrived() {
        long ticket = ((Claim.Yours) directory.claim(ada, WEST)).ticket();
        directory.arrived(ada, WEST, SHIP, 1);
        directory.abandon(ada, ticket);
        assertThat(directory.find(ada)).contains(new Claim.Located(WEST, SHIP));
    }

    @Test
    void aTravellerIsFoundWhereItGoes() {
        directory.arrived(ada, WEST, SHIP, 1);
        directory.leftTowards(ada, EAST, SHIP, 2);
        assertThat(directory.find(ada)).contains(new Claim.Located(EAST, SHIP));
        assertThat(directory.claim(ada, WEST)).isEqualTo(new Claim.Travelling(EAST, SHIP));
        directory.arrived(ada, EAST, SHIP, 2);
        assertThat(directory.find(ada)).contains(new Claim.Located(EAST, SHIP));
        assertThat(directory.claim(ada, WEST)).isEqualTo(new Claim.Located(EAST, SHIP));
    }

    @Test
    void aTravellerMayBeBackWhereItCameFromWhenThatStartsAgain() {
        directory.arrived(ada, WEST, SHIP, 1);
        directory.leftTowards(ada, EAST, SHIP, 2);
        directory.arrived(ada, WEST, SHIP, 1); // late
        assertThat(directory.claim(ada, WEST)).isEqualTo(new Claim.Travelling(EAST, SHIP));
        directory.restarting(WEST);
        assertThat(directory.claim(ada, WEST)).isInstanceOf(Claim.Spawning.class);
        directory.arrived(ada, WEST, SHIP, 1);
        assertThat(directory.claim(ada, EAST)).isEqualTo(new Claim.Located(WEST, SHIP));
    }

    @Test
    void aTravellerIsGoneOnlyWhenBothCellsHaveHadTheirSay() {
        directory.arrived(ada, WEST, SHIP, 1);
        directory.leftTowards(ada, EAST, SHIP, 2);
        directory.restarting(WEST);
        directory.continuing(EAST);
        directory.settled(WEST);
        assertThat(directory.claim(ada, WEST)).isInstanceOf(Claim.Spawning.class);
        directory.settled(EAST);
        assertThat(directory.claim(ada, WEST)).isInstanceOf(Claim.Yours.class);
    }

    @Test
    void aTravellerIsOfferedAgainByACellThatContinues() {
        directory.arrived(ada, WEST, SHIP, 1);
        directory.leftTowards(ada, EAST, SHIP, 2);
        directory.continuing(WEST);
        directory.settled(WEST);
        assertThat(directory.claim(ada, WEST)).isEqualTo(new Claim.Travelling(EAST, SHIP));
    }

    @Test
    void losesOnlyTravellers() {
        directory.arrived(ada, WEST, SHIP, 1);
        directory.lost(ada, SHIP, 1);
        directory.leftTowards(ada, EAST, SHIP, 2);
        directory.lost(ada, SHIP, 1);
        directory.lost(ada, SHIP + 1, 2);
        assertThat(directory.claim(ada, WEST)).isEqualTo(new Claim.Travelling(EAST, SHIP));
        directory.lost(ada, SHIP, 2);
        assertThat(directory.claim(ada, WEST)).isInstanceOf(Claim.Yours.class);
    }

    @Test
    void reportsOutOfOrderEndInTheSameState() {
        directory.arrived(ada, EAST, SHIP, 2);
        directory.leftTowards(ada, WEST, SHIP, 3);
        directory.leftTowards(ada, EAST, SHIP, 2);
        directory.arrived(ada, WEST, SHIP, 1);
        assertThat(directory.find(ada)).contains(new Claim.Located(WEST, SHIP));
        directory.gone(ada, SHIP, 2);
        assertThat(directory.find(ada)).isPresent();
        directory.gone(ada, SHIP, 3);
        assertThat(directory.size()).isZero();
    }

    @Test
    void theEndOfAnEarlierLifeDoesNotEndTheNext() {
        directory.arrived(ada, WEST, SHIP, 1);
        directory.arrived(ada, EAST, SHIP + 1, 1);
        directory.gone(ada, SHIP, 9);
        assertThat(directory.find(ada)).contains(new Claim.Located(EAST, SHIP + 1));
    }

    @Test
    void aRestartedCellsAvatarsAreInDoubtUntilItReportsThem() {
        CharacterId bob = new CharacterId(UUID.randomUUID());
        CharacterId eve = new CharacterId(UUID.randomUUID());
        CharacterId joining = new CharacterId(UUID.randomUUID());
        directory.arrived(ada, WEST, SHIP, 1);
        directory.arrived(bob, WEST, SHIP + 1, 1);
        directory.arrived(eve, EAST, SHIP + 2, 1);
        directory.claim(joining, WEST);

        directory.restarting(WEST);
        assertThat(directory.claim(ada, WEST)).isInstanceOf(Claim.Spawning.class);
        assertThat(directory.find(eve)).isPresent();

        directory.arrived(ada, WEST, SHIP, 1);
        directory.settled(WEST);
        assertThat(directory.find(ada)).contains(new Claim.Located(WEST, SHIP));
        assertThat(directory.claim(bob, WEST)).isInstanceOf(Claim.Yours.class);
        assertThat(directory.claim(joining, WEST)).isInstanceOf(Claim.Yours.class);
    }

    @Test
    void aTravellerOutlivesTheRestartOfItsTarget() {
        directory.arrived(ada, WEST, SHIP, 1);
        directory.leftTowards(ada, EAST, SHIP, 2);
        directory.restarting(EAST);
        directory.settled(EAST);
        assertThat(directory.find(ada)).contains(new Claim.Located(EAST, SHIP));
    }
}

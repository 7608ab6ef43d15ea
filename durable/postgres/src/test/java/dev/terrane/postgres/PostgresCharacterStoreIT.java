package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CharacterId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.checkpoint.CharacterStore.Entrant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresCharacterStoreIT {
    private final CharacterStore characters = SharedPostgres.STORE.characters();
    private final WorldId world = Worlds.fresh();
    private final CharacterId ada = new CharacterId(UUID.randomUUID());

    @Test
    void everyAdmissionRaisesTheGeneration() {
        assertThat(characters.admit(world, ada, "Ada")).isEqualTo(1);
        assertThat(characters.admit(world, ada, "Ada L.")).isEqualTo(2);
        assertThat(characters.admit(Worlds.fresh(), ada, "Ada")).isEqualTo(1);
    }

    @Test
    void admitsManyAtOnceAndAnswersInTheirOrder() {
        CharacterId bob = new CharacterId(UUID.randomUUID());
        CharacterId eve = new CharacterId(UUID.randomUUID());
        characters.admit(world, bob, "Bob");
        int[] generations = characters.admit(
                world, List.of(new Entrant(eve, "Eve"), new Entrant(bob, "Bob"), new Entrant(ada, "Ada")));
        assertThat(generations).containsExactly(1, 2, 1);
    }

    @Test
    void letsASessionGoOnUnlessAnotherWasLetInSince() {
        CharacterId bob = new CharacterId(UUID.randomUUID());
        assertThat(characters.admit(world, ada, "Ada")).isEqualTo(1);
        assertThat(characters.admit(world, bob, "Bob")).isEqualTo(1);
        assertThat(characters.admit(world, List.of(new Entrant(ada, "Ada", 1)))).containsExactly(2);
        assertThat(characters.admit(world, List.of(new Entrant(ada, "Late", 1), new Entrant(bob, "Bob", 1))))
                .containsExactly(0, 2);
        assertThat(characters.admit(world, ada, "Ada"))
                .as("nothing was changed")
                .isEqualTo(3);
    }

    @Test
    void concurrentAdmissionsGetDistinctGenerations() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<Integer> admission = () -> characters.admit(world, ada, "Ada");
            List<Integer> generations = new ArrayList<>();
            for (Future<Integer> result : threads.invokeAll(Collections.nCopies(40, admission))) {
                generations.add(result.get());
            }
            assertThat(generations)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 40).boxed().toList());
        }
    }

    @Test
    void remembersTheHighestLoggedOutGeneration() {
        CharacterId bob = new CharacterId(UUID.randomUUID());
        CharacterId still = new CharacterId(UUID.randomUUID());
        characters.admit(world, still, "Still here");
        for (int i = 0; i < 3; i++) {
            characters.admit(world, ada, "Ada");
            characters.admit(world, bob, "Bob");
        }
        characters.loggedOut(world, ada, 3);
        characters.loggedOut(world, ada, 2);
        characters.loggedOut(world, bob, 1);
        assertThat(characters.loggedOut(world)).isEqualTo(Map.of(ada, 3, bob, 1));
        assertThat(characters.loggedOut(Worlds.fresh())).isEmpty();
    }

    @Test
    void refusesToLogOutWhoWasNeverAdmitted() {
        assertThatThrownBy(() -> characters.loggedOut(world, ada, 1)).hasMessageContaining("never admitted");
        characters.admit(world, ada, "Ada");
        assertThatThrownBy(() -> characters.loggedOut(world, ada, 2)).hasMessageContaining("under generation 2");
    }

    @Test
    void namesAreKeptAsTheyAre() {
        assertThat(characters.admit(world, ada, "Ådä '); DROP TABLE x; -- 𝛌")).isEqualTo(1);
    }
}

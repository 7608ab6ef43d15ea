package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.EntityId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Position;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsWriterTest {
    private final Schema schema = Schema.of(Kit.COMPONENTS);
    private final Population population = new Population(new EntityStore(schema), 7);
    private final FactsWriter writer = new FactsWriter(population);

    private long spawnAt(float x) {
        long handle = population.spawn(new Position(x, 2, 0));
        population.settle(_ -> {});
        return handle;
    }

    @Test
    void keepsAnEntityAsItIsThen() {
        long handle = spawnAt(1);
        population.store.set(handle, schema.type(Position.class), new Position(5, 6, 7));

        writer.keep(handle);
        List<Fact> facts = FactsReader.read(writer.take());

        assertThat(facts).singleElement().isInstanceOf(Fact.Kept.class);
        Fact.Kept kept = (Fact.Kept) facts.getFirst();
        assertThat(kept.entity()).isEqualTo(EntityId.pack(7, 1));
        assertThat(kept.ownership()).isEqualTo(Population.OWNERSHIP_FIRST);
        EntityStore other = new EntityStore(schema);
        long copy = other.readEntity(new ByteReader(kept.image()));
        other.flush();
        assertThat(other.get(copy, schema.type(Position.class))).isEqualTo(new Position(5, 6, 7));
        assertThat(other.get(copy, schema.type(Identity.class)).id()).isEqualTo(kept.entity());
    }

    @Test
    void keepsTheOrderOfFacts() {
        long handle = spawnAt(1);
        writer.keep(handle);
        writer.gone(population.idOf(handle), 3);

        assertThat(FactsReader.read(writer.take()))
                .extracting(Fact::ownership)
                .containsExactly(Population.OWNERSHIP_FIRST, 3);
    }

    @Test
    void beginsEmptyAfterItWasTaken() {
        writer.gone(1, 1);
        assertThat(writer.take()).isNotEmpty();
        assertThat(writer.take()).isEmpty();
        assertThat(FactsReader.read(writer.take())).isEmpty();
    }

    @Test
    void refusesToKeepTheDead() {
        long handle = spawnAt(1);
        population.store.despawn(handle);
        population.settle(_ -> {});
        assertThatThrownBy(() -> writer.keep(handle)).hasMessageContaining("it is dead");
    }

    @Test
    void refusesBytesThatAreNoFacts() {
        writer.gone(1, 1);
        byte[] facts = writer.take();
        for (int at = 0; at < facts.length; at++) {
            byte[] damaged = facts.clone();
            damaged[at] ^= 4;
            assertThatThrownBy(() -> FactsReader.read(damaged))
                    .as("byte %d", at)
                    .isInstanceOf(MalformedBytesException.class);
            byte[] cut = Arrays.copyOf(facts, at + 1 == facts.length ? at : at + 1);
            assertThatThrownBy(() -> FactsReader.read(cut)).isInstanceOf(MalformedBytesException.class);
        }
    }
}

package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.checkpoint.SchemaStore;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class PostgresSchemaStoreIT {
    private final SchemaStore schemas = SharedPostgres.STORE.checkpoints().schemas();

    @Test
    void keepsTheFirstDescriptionOfEachFingerprint() {
        long fingerprint = ThreadLocalRandom.current().nextLong();
        schemas.keep(fingerprint, new byte[] {1, 2});
        schemas.keep(fingerprint, new byte[] {3});
        assertThat(schemas.all().get(fingerprint)).containsExactly(1, 2);
    }
}

package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.protocol.client.WireSchema;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireKind;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import java.util.List;
import java.util.UUID;

/** A small world: strips of 256 m, chunks of 64 m, entities with a place, a count and a name. */
final class TestWorld {
    static final WorldId ID = new WorldId("test");
    static final double CHUNK_METRES = 64;
    static final WireSchema SCHEMA = new WireSchema(
            List.of(new WireRecord(
                    "test.body",
                    1,
                    List.of(
                            new WireField("x", WireKind.FLOAT, false, 0.5f),
                            new WireField("count", WireKind.INT, false, 0),
                            new WireField("name", WireKind.TEXT, false, 0),
                            new WireField("purse", WireKind.INT, true, 0)))),
            List.of());

    private TestWorld() {}

    static WorldView strips(int count) {
        return of(new StripPartition(count, 256, 256));
    }

    static WorldView of(Partition partition) {
        return new WorldView(ID, partition, CHUNK_METRES, 20, 20, SCHEMA);
    }

    static CellId cell(int strip) {
        return new CellId(ID, new RegionId(strip, 0), 0);
    }

    static ConnectionFacts player(int number) {
        CharacterId character = new CharacterId(new UUID(7, number));
        return new ConnectionFacts(
                "127.0.0.1", new VerifiedToken("subject-" + number, character, "token-" + number, Long.MAX_VALUE));
    }
}

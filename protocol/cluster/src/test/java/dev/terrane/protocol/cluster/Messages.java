package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.RecordBytes;
import dev.terrane.command.CommandEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One of each kind of message, with members that differ from each other. */
final class Messages {
    record Poke(long by, String name) {}

    static final WorldId WORLD = new WorldId("w");
    static final CellId CELL = new CellId(WORLD, new RegionId(2, -1), 3);
    static final CharacterId CHARACTER = new CharacterId(new UUID(11, 12));
    static final IntentBodies BODIES = new IntentBodies() {
        private final RecordBytes poke = RecordBytes.of(Poke.class);

        @Override
        public void write(Record body, ByteWriter out) {
            poke.write(body, out);
        }

        @Override
        public Record read(ByteReader in) {
            return poke.read(in);
        }
    };

    static final CommandEnvelope COMMAND = new CommandEnvelope(
            "cmd.test.poke",
            1,
            "region:2,-1",
            new CommandEnvelope.Origin("character:" + CHARACTER.value(), "r-1"),
            new CommandEnvelope.Trace("e-1", "c-1", "", "node-1", 1_700_000_000_000L),
            new byte[] {'{', '}'});
    static final CommandBodies COMMANDS = _ -> new Poke(7, "eve");

    private Messages() {}

    static List<CellInput> toCells() {
        List<Intent> intents = new ArrayList<>(); // as cells make them
        intents.add(new Intent.ToEntity(77, new Poke(5, "ann"), 1));
        intents.add(new Intent.ToArea(1.5, -2.5, 4, new Poke(6, "bob")));
        return List.of(
                new CellInput.Join(7, 2, CHARACTER, 3, "ünsal", 77, 1.5f, -2),
                new CellInput.Leave(7, true),
                new CellInput.PlayerInput(7, 8, 9, 10.5f, 1, -1, 0.5f, -1, 3),
                new CellInput.PlayerMessage(7, 4, 5, new byte[] {1, 2}),
                new CellInput.Watch(2, new int[] {0, 300}),
                new CellInput.Unwatch(2, new int[] {1}),
                new CellInput.GatewayGone(2),
                new CellInput.HandoffOffer(CELL, 9, 8, 7, 1L << 40, 2, 1, 2, new byte[] {3}, 4, 5, 6),
                new CellInput.HandoffAck(CELL, 5, 4, 3, 2),
                new CellInput.DeparturesStable(CELL, 5, 4, 3, 2),
                new CellInput.PeerRestarting(CELL, 6),
                new CellInput.GhostSubscribe(CELL, 5, 5L << 32, 2, new int[] {1, 2}, new long[] {9}, 60),
                new CellInput.GhostUnsubscribe(CELL, 5),
                new CellInput.GhostBatch(CELL, 5, 5L << 32, 1L << 32 | 1, 70, new byte[] {1, 2, 3}, 3),
                new CellInput.IntentBatch(CELL, 6, 5, 3, 4, 70, new CellInput.HandoffNumber(5, 12), intents),
                new CellInput.Layers(new RegionId(1, 2), new int[] {0, 2}, 2),
                new CellInput.Divide(CELL, 0.5f),
                new CellInput.Merge(CELL),
                new CellInput.Pace(80, 0.5f, Shed.FAR_RINGS),
                new CellInput.Seal(),
                new CellInput.CheckpointStored(60),
                new CellInput.FactsStored(61),
                new CellInput.Commands(List.of(new CellCommand(9, 1, COMMAND, new Poke(7, "eve")))),
                new CellInput.IntentAck(CELL, 6, 5, 4),
                new CellInput.PeerContinues(CELL, 7),
                new CellInput.ConductReport(CHARACTER, 30, true, new int[] {0, 7, 2}));
    }

    static List<CellOutput> toGateways() {
        return List.of(
                new CellOutput.Joined(7, CELL, 5, 1L << 40, 2, 3),
                new CellOutput.JoinRefused(7, CELL, CellOutput.JoinRefused.Reason.FULL),
                new CellOutput.Moved(7, CELL, new CellId(WORLD, RegionId.ORIGIN, 0), -1, 8, 9, 10),
                new CellOutput.SessionEnded(7, CHARACTER, CellOutput.SessionEnded.Reason.REPLACED),
                new CellOutput.ToClient(7, 4, 5, new byte[] {1, 2}),
                new CellOutput.Offended(7, Offence.VIEW),
                new CellOutput.CellUp(CELL, 5),
                new CellOutput.Layers(WORLD, new RegionId(1, 2), new int[] {0, 1}),
                new CellOutput.Pace(WORLD, 80, 0.5f, Shed.NOTHING));
    }
}

package dev.terrane.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.LaneHint;
import dev.terrane.command.LanePartition;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.Outcome;
import dev.terrane.placement.CellLoad;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellFrameCodec;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellOutputCodec;
import dev.terrane.protocol.cluster.IntentBodies;
import dev.terrane.standby.Piece;
import dev.terrane.standby.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes say arrives as it was said, and whatever else comes is refused by name. */
class NodeMessageCodecTest {
    private static final WorldId WORLD = new WorldId("w");
    private static final CellId CELL = new CellId(WORLD, new RegionId(2, -1), 1);
    private static final CharacterId ANN = new CharacterId(new UUID(7, 9));
    private static final NodeMessageCodec CODEC = new NodeMessageCodec(new NodeMessageCodec.World(
            new CellInputCodec(WORLD, new NoIntents()), new CellOutputCodec(WORLD), new CellFrameCodec(WORLD)));

    private static final class NoIntents implements IntentBodies {
        @Override
        public void write(Record body, ByteWriter out) {
            throw new IllegalArgumentException("none");
        }

        @Override
        public Record read(ByteReader in) {
            throw in.malformed("none");
        }
    }

    static List<NodeMessage> messages() {
        CommandEnvelope command = new CommandEnvelope(
                "t.buy",
                1,
                "character:1",
                new CommandEnvelope.Origin("character:1", "r1"),
                new CommandEnvelope.Trace("e1", "e1", "", "test", 5),
                new byte[] {'{', '}'});
        return List.of(
                new NodeMessage.Beat(-3, 17),
                new NodeMessage.Lease(4),
                new NodeMessage.MapNews(ClusterMap.EMPTY),
                new NodeMessage.Loads(2e9, List.of(new NodeMessage.CellWork(CELL, 5, 2, 1_000, 300, 20))),
                new NodeMessage.Crowds(
                        new NodeMessage.Strain(80, 1.5),
                        List.of(new NodeMessage.Crowd(new CellLoad(CELL, 5, 2, 7, 9_000, 3_000), 4, 17)),
                        List.of(CELL)),
                new NodeMessage.Propose(3, new Entry(0, "node n", "", new Command.ReleaseCell(CELL, 2))),
                new NodeMessage.Proposed(3, new Outcome.Refused(Outcome.Reason.STALE_EPOCH, "no")),
                new NodeMessage.ProposalLost(3, "nobody leads"),
                new NodeMessage.AvatarNews(
                        true,
                        List.of(
                                new NodeMessage.AvatarSeen(
                                        NodeMessage.AvatarSeen.What.LEFT,
                                        ANN,
                                        CELL,
                                        99,
                                        3,
                                        new CellEpoch(new CellId(WORLD, new RegionId(9, 9), 0), 7)),
                                new NodeMessage.AvatarSeen(
                                        NodeMessage.AvatarSeen.What.HERE, ANN, CELL, 99, 3, new CellEpoch(CELL, 7)))),
                new NodeMessage.Claim(8, ANN, CELL),
                new NodeMessage.Claimed(8, NodeMessage.Claimed.Verdict.YOURS, CELL, 0, 12),
                new NodeMessage.Abandon(ANN, 12),
                new NodeMessage.ToCell(CELL, -1, new CellInput.Leave(5, true)),
                new NodeMessage.ToGateway(64, new CellOutput.CellUp(CELL, 4)),
                new NodeMessage.StandbyReply(CELL, 4, new Reply.Follows(2, 100, true)),
                new NodeMessage.StandbyReply(CELL, 4, new Reply.Again(2, "a hole")),
                new NodeMessage.Deliver(5, List.of(new Delivery(77, command, 2))),
                new NodeMessage.Delivered(
                        5,
                        List.of(
                                new Verdict.Threw("boom"),
                                new Verdict.Unreached("far"),
                                new Verdict.Behind(),
                                new Verdict.Settled(new CommandResult.Refused("NO", "not now", 50)))),
                new NodeMessage.NotDelivered(5, "the store is away"),
                new NodeMessage.Answers(List.of(new CommandAnswer(
                        command.origin(), "t.buy", "e1", new CommandResult.Refused("NO", "not now", 0)))),
                new NodeMessage.Answers(List.of()),
                new NodeMessage.Events(List.of()),
                new NodeMessage.Ask(6, new Question.Depths(true)),
                new NodeMessage.Ask(6, new Question.Life(99, null)),
                new NodeMessage.Ask(6, new Question.Life(0, ANN)),
                new NodeMessage.Ask(6, new Question.Who(-5, ANN)),
                new NodeMessage.Ask(6, new Question.Lines("t1", 7)),
                new NodeMessage.Told(
                        6, new Telling.Queues(List.of(new Telling.Queue("cell_inbox", "cell=w/0,0#0", 3)))),
                new NodeMessage.Told(
                        6,
                        new Telling.Events(
                                List.of(new Telling.Event(
                                        4,
                                        1_000,
                                        new Telling.Place("w/0,0#0", 2, 55),
                                        new Telling.Subject(99, 3, -5, ANN.toString()),
                                        "left",
                                        "to w/1,0#0")),
                                true)),
                new NodeMessage.Nudge(
                        new LaneHint(List.of(new LanePartition("economy", 3), new LanePartition("cells", 255)), false)),
                new NodeMessage.Nudge(new LaneHint(List.of(), true)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsWhatWasWritten(NodeMessage message) {
        byte[] bytes = bytes(message);
        NodeMessage read = CODEC.read(bytes, 0, bytes.length);
        if (message instanceof NodeMessage.Deliver) {
            assertThat(bytes(read)).isEqualTo(bytes); // payloads are arrays
        } else {
            assertThat(read).isEqualTo(message);
        }
    }

    @Test
    void readsPieces() {
        byte[] bytes = bytes(new NodeMessage.StandbyPiece(CELL, 4, new Piece(2, 3, new byte[] {1, 2, 3})));
        NodeMessage.StandbyPiece read = (NodeMessage.StandbyPiece) CODEC.read(bytes, 0, bytes.length);
        assertThat(read.piece().frame()).containsExactly(1, 2, 3);
        assertThat(read.piece().number()).isEqualTo(3);
    }

    @Test
    void readsFramesWithTheirBodies() {
        byte[] bytes = bytes(new NodeMessage.ToGateway(130, frame()));
        NodeMessage.ToGateway read = (NodeMessage.ToGateway) CODEC.read(bytes, 0, bytes.length);
        CellFrame frame = (CellFrame) read.output();
        assertThat(read.gateway()).isEqualTo(130);
        assertThat(frame.bytes()).containsExactly(10, 11, 12, 13, 14);
        assertThat(frame.seq()).containsExactly(3, 4);
        assertThat(frame.audience(1)).isEqualTo(6);
        assertThat(frame.session()).containsExactly(21L);
        assertThat(frame.highlights()).containsExactly(91L, 92L);
        assertThat(frame.groups().squadOf(0)).isEqualTo(8);
        assertThat(frame.x()).containsExactly(1.5f);
        assertThat(bytes(new NodeMessage.ToGateway(130, frame))).isEqualTo(bytes);
    }

    private static CellFrame frame() {
        return new CellFrame(
                CELL,
                4,
                1_000,
                1_234_567,
                0.5f,
                new byte[] {10, 11, 12, 13, 14, 0, 0, 0},
                2,
                new int[] {1, 2},
                new int[] {0, 1},
                new int[] {-1, 3},
                new int[] {3, 4},
                new int[] {0, 2},
                new int[] {2, 1},
                new int[] {7, 8},
                1,
                new long[] {21},
                new long[] {22},
                new int[] {2},
                new int[] {40},
                new float[] {1.5f},
                new float[] {-2.5f},
                new int[] {3},
                new int[] {1},
                new int[] {4},
                new int[] {1},
                new int[] {2},
                new long[] {91, 92},
                new CellFrame.Groups(new long[] {5, 6}, new int[] {8}, new int[] {9}));
    }

    @Test
    void refusesWhatIsNoMessageByName() {
        Rng rng = new Rng(1);
        for (NodeMessage message : messages()) {
            byte[] bytes = bytes(message);
            for (int i = 0; i < 2_000; i++) {
                byte[] broken = bytes.clone();
                broken[rng.nextInt(broken.length)] ^= (byte) (1 << rng.nextInt(8));
                int length = rng.chance(0.3f) ? rng.nextInt(broken.length) : broken.length;
                try {
                    CODEC.read(broken, 0, length);
                } catch (MalformedBytesException expected) {
                    assertThat(expected).hasMessageNotContaining("null");
                }
            }
        }
    }

    @Test
    void aNodeWithoutAWorldRefusesCellsMessages() {
        byte[] bytes = bytes(new NodeMessage.ToCell(CELL, -1, new CellInput.Leave(5, true)));
        assertThatThrownBy(() -> new NodeMessageCodec(null).read(bytes, 0, bytes.length))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("no world");
    }

    private static byte[] bytes(NodeMessage message) {
        ByteWriter out = new ByteWriter(64);
        CODEC.write(message, out);
        return out.toBytes();
    }

    @Test
    void refusesAHintAtAPartitionBelowZero() {
        byte[] bytes = bytes(new NodeMessage.Nudge(new LaneHint(List.of(new LanePartition("economy", -1)), false)));
        assertThatThrownBy(() -> CODEC.read(bytes, 0, bytes.length))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("partition -1");
    }
}

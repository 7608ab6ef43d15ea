package dev.terrane.protocol.client;

import static dev.terrane.protocol.client.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Fixes the protocol's bytes and what they mean, in {@code golden/*.bin} and {@code *.json}; the TypeScript client is held to the
 * same files. After a wanted change run this test with {@code -Dgolden.write=true}, read the difference, and commit it together
 * with the change of docs/PROTOCOL.md.
 */
class ClientGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final Path PAGE = Path.of("../../docs/PROTOCOL.md");
    private static final int DUMP_COLUMNS = 16;

    @Test
    void schemaIsAsWritten() throws IOException {
        byte[] bytes = WireSchemaCodec.encode(GoldenWorld.SCHEMA);

        assertThat(WireSchemaCodec.decode(bytes)).isEqualTo(GoldenWorld.SCHEMA);
        check("schema", bytes, Described.schema(WireSchemaCodec.decode(bytes)));
    }

    @Test
    void keyframeIsAsWritten() throws IOException {
        SliceState state = GoldenWorld.state();
        ByteWriter again = new ByteWriter(16);
        state.writeKeyframe(again);

        assertThat(again.toBytes()).isEqualTo(GoldenWorld.keyframe());
        check("keyframe", GoldenWorld.keyframe(), Described.state(state));
    }

    @Test
    void deltaIsAsWritten() throws IOException {
        SliceState state = GoldenWorld.state();
        Described.Log log = new Described.Log();
        state.applyDelta(new ByteReader(GoldenWorld.delta()), log);

        check("delta", GoldenWorld.delta(), object("log", log.lines, "after", Described.state(state)));

        Described.Log moves = new Described.Log();
        state.applyDelta(new ByteReader(GoldenWorld.moves()), moves);
        check("moves", GoldenWorld.moves(), object("log", moves.lines, "after", Described.state(state)));
    }

    @Test
    void snapshotsAreAsWritten() throws IOException {
        Described client = new Described();
        check("snapshot", GoldenWorld.snapshot(), client.snapshot(GoldenWorld.snapshot()));
        check("snapshot-next", GoldenWorld.nextSnapshot(), client.snapshot(GoldenWorld.nextSnapshot()));
        check("snapshot-usual", GoldenWorld.usualSnapshot(), client.snapshot(GoldenWorld.usualSnapshot()));
        check("snapshot-margin", GoldenWorld.marginSnapshot(), client.snapshot(GoldenWorld.marginSnapshot()));
    }

    @Test
    void messagesAreAsWritten() throws IOException {
        Map<String, WireMessage> messages = new LinkedHashMap<>();
        messages.put("hello", new ClientMessage.Hello(ProtocolVersion.MAJOR, 0, "skirmish", "Ada ✈", "tok", "test/1"));
        messages.put(
                "hello-token",
                new ClientMessage.Hello(
                        ProtocolVersion.MAJOR, 2, "skirmish", "Ada ✈", "tok", "test/1", "header.claims.signature"));
        messages.put("input", new ClientMessage.ClientInput(42, 1000, 997.5f, -1, 0.5f, 3.25f, 5, 1 << 31));
        messages.put("game-message", new GameMessage(7, 9, new byte[] {1, 2, -1}));
        messages.put(
                "command", new ClientMessage.Command("cmd.economy.transfer", 1, "r-1", utf8("{\"to\":\"Bob ✈\"}")));
        messages.put("result-ack", new ClientMessage.ResultAck(List.of("r-1", "0f2a-9")));
        messages.put(
                "command-result",
                new ServerMessage.CommandResult(
                        "r-1", "cmd.economy.transfer", true, "", "", 0, utf8("{\"paid\":250}")));
        messages.put(
                "command-refused",
                new ServerMessage.CommandResult(
                        "0f2a-9", "cmd.hex.vote", false, "BUSY", "try again ✈", 750, new byte[0]));
        messages.put(
                "event", new ServerMessage.Event("evt.hex.captured", "hex:2,-1", "e-77", utf8("{\"by\":\"red\"}")));
        messages.put("ping", new Ping(1234.5));
        messages.put("pong", new Pong(1234.5, 1.75e12));
        messages.put(
                "welcome",
                new ServerMessage.Welcome(
                        ProtocolVersion.MAJOR,
                        0,
                        "0.1.0",
                        77,
                        "secret",
                        "skirmish",
                        "hex;columns=4;rows=4;radius=256.0",
                        64,
                        20,
                        10,
                        200,
                        WireSchemaCodec.encode(GoldenWorld.SCHEMA),
                        43));
        messages.put("info", new ServerMessage.ServerInfo("skirmish/2,-1#0", 2, -1, 0, 5, GoldenWorld.ALICE));
        messages.put("error", new ServerMessage.ServerError(ErrorCode.VERSION_MISMATCH, "speak 2.x", true, 1500, 0));
        for (Map.Entry<String, WireMessage> each : messages.entrySet()) {
            byte[] bytes = ClientCodec.encode(each.getValue());
            WireMessage read = each.getValue() instanceof ClientMessage
                    ? ClientCodec.decodeFromClient(bytes, 0, bytes.length, WireLimits.FROM_CLIENT)
                    : ClientCodec.decodeFromServer(bytes, 0, bytes.length, WireLimits.FROM_SERVER);
            assertThat(read).usingRecursiveComparison().isEqualTo(each.getValue());
            check(each.getKey(), bytes, describe(read));
        }
    }

    @Test
    void readsWhatTheTypeScriptClientWrites() throws IOException {
        for (String name : List.of("hello", "hello-token", "input", "game-message", "command", "result-ack", "ping")) {
            byte[] bytes = Files.readAllBytes(FOLDER.resolve("ts-" + name + ".bin"));
            WireMessage read = ClientCodec.decodeFromClient(bytes, 0, bytes.length, WireLimits.FROM_CLIENT);

            assertThat(Json.write(describe(read))).as(name).isEqualTo(Files.readString(FOLDER.resolve(name + ".json")));
        }
    }

    /** The page's dumps are the golden snapshots, up to the annotations behind each line. */
    @Test
    void pageShowsTheGoldenSnapshots() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(dumped(page, "snapshot")).isEqualTo(HexFormat.of().formatHex(GoldenWorld.snapshot()));
        assertThat(dumped(page, "snapshot-next")).isEqualTo(HexFormat.of().formatHex(GoldenWorld.nextSnapshot()));
        assertThat(dumped(page, "snapshot-usual")).isEqualTo(HexFormat.of().formatHex(GoldenWorld.usualSnapshot()));
    }

    private static String dumped(String page, String name) {
        int from = page.indexOf("<!-- golden " + name + " -->");
        String block = page.substring(from, page.indexOf("<!-- end -->", from));
        StringBuilder hex = new StringBuilder();
        for (String line : block.split("\n")) {
            if (line.matches("[0-9a-f]{4}  .*")) {
                String bytes = line.substring(6).split("  ")[0];
                assertThat(HexFormat.fromHexDigits(line.substring(0, 4))).isEqualTo(hex.length() / 2);
                assertThat(bytes.split(" ").length).isLessThanOrEqualTo(DUMP_COLUMNS);
                hex.append(bytes.replace(" ", ""));
            }
        }
        return hex.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Object describe(WireMessage message) {
        return switch (message) {
            case ClientMessage.Command m ->
                object(
                        "type", m.type(),
                        "version", m.version(),
                        "requestId", m.requestId(),
                        "payload", new String(m.payload(), StandardCharsets.UTF_8));
            case ClientMessage.ResultAck m -> object("requestIds", m.requestIds());
            case ServerMessage.CommandResult m ->
                object(
                        "requestId", m.requestId(),
                        "type", m.type(),
                        "done", m.done(),
                        "errorCode", m.errorCode(),
                        "reason", m.reason(),
                        "retryAfterMs", m.retryAfterMillis(),
                        "payload", new String(m.payload(), StandardCharsets.UTF_8));
            case ServerMessage.Event m ->
                object(
                        "topic", m.topic(),
                        "key", m.key(),
                        "id", m.id(),
                        "payload", new String(m.payload(), StandardCharsets.UTF_8));
            case ClientMessage.Hello m ->
                m.token().isEmpty()
                        ? object(
                                "world",
                                m.world(),
                                "name",
                                m.name(),
                                "resumeToken",
                                m.resumeToken(),
                                "client",
                                m.client())
                        : object(
                                "world", m.world(),
                                "name", m.name(),
                                "resumeToken", m.resumeToken(),
                                "client", m.client(),
                                "token", m.token());
            case ClientMessage.ClientInput m ->
                object(
                        "seq", m.seq(),
                        "clientTick", m.clientTick(),
                        "viewTick", m.viewTick(),
                        "moveX", m.moveX(),
                        "moveY", m.moveY(),
                        "aim", m.aim(),
                        "held", m.held(),
                        "pressed", Integer.toUnsignedLong(m.pressed()));
            case GameMessage m ->
                object(
                        "type",
                        m.type(),
                        "requestId",
                        m.requestId(),
                        "payload",
                        HexFormat.of().formatHex(m.payload()));
            case Ping m -> object("sentAt", m.sentAtMillis());
            case Pong m -> object("sentAt", m.sentAtMillis(), "serverTime", m.serverTimeMillis());
            case ServerMessage.Welcome m ->
                object(
                        "major", m.major(),
                        "minor", m.minor(),
                        "server", m.server(),
                        "session", m.session(),
                        "resumeToken", m.resumeToken(),
                        "world", m.world(),
                        "partition", m.partition(),
                        "chunkMetres", m.chunkMetres(),
                        "simulationHz", m.simulationHz(),
                        "snapshotHz", m.snapshotHz(),
                        "interestRadius", m.interestRadiusMetres(),
                        "schema", Described.schema(WireSchemaCodec.decode(m.schema())),
                        "nextSeq", m.nextSeq());
            case ServerMessage.ServerInfo m ->
                object(
                        "worldId", m.worldId(),
                        "regionA", m.regionA(),
                        "regionB", m.regionB(),
                        "layer", m.layer(),
                        "cellEpoch", m.cellEpoch(),
                        "avatar", m.avatar());
            case ServerMessage.ServerError m ->
                object(
                        "code", m.code().ordinal(),
                        "name", m.code().name(),
                        "message", m.message(),
                        "fatal", m.fatal(),
                        "retryAfterMs", m.retryAfterMillis(),
                        "requestId", m.requestId());
            default -> throw new IllegalArgumentException("no golden description of " + message);
        };
    }

    private static void check(String name, byte[] bytes, Object meaning) throws IOException {
        Path binary = FOLDER.resolve(name + ".bin");
        Path json = FOLDER.resolve(name + ".json");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FOLDER);
            Files.write(binary, bytes);
            Files.writeString(json, Json.write(meaning));
        }
        assertThat(HexFormat.of().formatHex(bytes))
                .as(name)
                .isEqualTo(HexFormat.of().formatHex(Files.readAllBytes(binary)));
        assertThat(Json.write(meaning)).as(name).isEqualTo(Files.readString(json, StandardCharsets.UTF_8));
    }
}

package dev.terrane.protocol.client;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.generated.ClientInput;
import dev.terrane.protocol.client.generated.Command;
import dev.terrane.protocol.client.generated.CommandResult;
import dev.terrane.protocol.client.generated.Envelope;
import dev.terrane.protocol.client.generated.Event;
import dev.terrane.protocol.client.generated.Hello;
import dev.terrane.protocol.client.generated.Message;
import dev.terrane.protocol.client.generated.ResultAck;

/** Writes the messages that are not written twenty times a second to everybody; for those see {@link SnapshotHead}. */
final class MessageEncoder {
    private static final int CAPACITY_BYTES = 128;
    private static final int ABSENT = 0;

    private MessageEncoder() {}

    static byte[] encode(WireMessage message) {
        FlatBufferBuilder out = new FlatBufferBuilder(CAPACITY_BYTES);
        return switch (message) {
            case ClientMessage.Hello m -> finish(out, Message.Hello, hello(out, m));
            case ClientMessage.ClientInput m -> finish(out, Message.ClientInput, input(out, m));
            case GameMessage m -> finish(out, Message.GameMessage, gameMessage(out, m));
            case ClientMessage.Command m -> finish(out, Message.Command, command(out, m));
            case ClientMessage.ResultAck m -> finish(out, Message.ResultAck, resultAck(out, m));
            case ServerMessage.CommandResult m -> finish(out, Message.CommandResult, commandResult(out, m));
            case ServerMessage.Event m -> finish(out, Message.Event, event(out, m));
            case Ping m ->
                finish(out, Message.Ping, dev.terrane.protocol.client.generated.Ping.createPing(out, m.sentAtMillis()));
            case Pong m ->
                finish(
                        out,
                        Message.Pong,
                        dev.terrane.protocol.client.generated.Pong.createPong(
                                out, m.sentAtMillis(), m.serverTimeMillis()));
            case Welcome m -> finish(out, Message.Welcome, welcome(out, m));
            case ServerInfo m -> finish(out, Message.ServerInfo, info(out, m));
            case ServerError m -> finish(out, Message.Error, error(out, m));
            case ClientMessage.Unknown m -> throw onlyDecoded(m);
            case ClientMessage.TooLarge m -> throw onlyDecoded(m);
            case ServerMessage.Unrecognised m -> throw onlyDecoded(m);
            case ServerSnapshot m -> throw onlyDecoded(m); // SnapshotHead and SnapshotBody write them
        };
    }

    private static int hello(FlatBufferBuilder out, ClientMessage.Hello m) {
        int world = out.createString(m.world());
        int name = out.createString(m.name());
        int resumeToken = out.createString(m.resumeToken());
        int client = out.createString(m.client());
        int token = m.token().isEmpty() ? ABSENT : out.createString(m.token());
        return Hello.createHello(out, m.major(), m.minor(), world, name, resumeToken, client, token);
    }

    private static int input(FlatBufferBuilder out, ClientMessage.ClientInput m) {
        return ClientInput.createClientInput(
                out, m.seq(), m.clientTick(), m.viewTick(), m.moveX(), m.moveY(), m.aim(), m.held(), m.pressed());
    }

    private static int gameMessage(FlatBufferBuilder out, GameMessage m) {
        int payload = out.createByteVector(m.payload());
        return dev.terrane.protocol.client.generated.GameMessage.createGameMessage(
                out, m.type(), m.requestId(), payload);
    }

    private static int command(FlatBufferBuilder out, ClientMessage.Command m) {
        int type = out.createString(m.type());
        int id = out.createString(m.requestId());
        int payload = out.createByteVector(m.payload());
        return Command.createCommand(out, type, m.version(), id, payload);
    }

    private static int resultAck(FlatBufferBuilder out, ClientMessage.ResultAck m) {
        int[] ids = m.requestIds().stream().mapToInt(out::createString).toArray();
        return ResultAck.createResultAck(out, ResultAck.createRequestIdsVector(out, ids));
    }

    private static int commandResult(FlatBufferBuilder out, ServerMessage.CommandResult m) {
        int id = out.createString(m.requestId());
        int type = out.createString(m.type());
        int code = out.createString(m.errorCode());
        int reason = out.createString(m.reason());
        int payload = out.createByteVector(m.payload());
        return CommandResult.createCommandResult(out, id, type, m.done(), code, reason, m.retryAfterMillis(), payload);
    }

    private static int event(FlatBufferBuilder out, ServerMessage.Event m) {
        int topic = out.createString(m.topic());
        int key = out.createString(m.key());
        int id = out.createString(m.id());
        int payload = out.createByteVector(m.payload());
        return Event.createEvent(out, topic, key, id, payload);
    }

    private static int welcome(FlatBufferBuilder out, Welcome m) {
        int server = out.createString(m.server());
        int token = out.createString(m.resumeToken());
        int world = out.createString(m.world());
        int partition = out.createString(m.partition());
        int schema = out.createByteVector(m.schema());
        return dev.terrane.protocol.client.generated.Welcome.createWelcome(
                out,
                m.major(),
                m.minor(),
                server,
                m.session(),
                token,
                world,
                partition,
                m.chunkMetres(),
                m.simulationHz(),
                m.snapshotHz(),
                m.interestRadiusMetres(),
                schema,
                m.nextSeq());
    }

    private static int info(FlatBufferBuilder out, ServerInfo m) {
        int world = out.createString(m.worldId());
        return dev.terrane.protocol.client.generated.ServerInfo.createServerInfo(
                out, world, m.regionA(), m.regionB(), m.layer(), m.cellEpoch(), m.avatar());
    }

    private static int error(FlatBufferBuilder out, ServerError m) {
        int message = out.createString(m.message());
        return dev.terrane.protocol.client.generated.Error.createError(
                out, m.code().ordinal(), message, m.fatal(), m.retryAfterMillis(), m.requestId());
    }

    private static byte[] finish(FlatBufferBuilder out, byte type, int message) {
        Envelope.finishEnvelopeBuffer(out, Envelope.createEnvelope(out, type, message));
        return out.sizedByteArray();
    }

    private static IllegalArgumentException onlyDecoded(WireMessage message) {
        return new IllegalArgumentException(message + " only says what arrived; it cannot be sent");
    }
}

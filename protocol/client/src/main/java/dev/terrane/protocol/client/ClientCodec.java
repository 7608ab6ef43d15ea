package dev.terrane.protocol.client;

import static dev.terrane.protocol.client.CommandWire.ACK_COUNT_MAX;
import static dev.terrane.protocol.client.CommandWire.PAYLOAD_BYTES_MAX;
import static dev.terrane.protocol.client.CommandWire.REQUEST_ID_CHARS_MAX;
import static dev.terrane.protocol.client.CommandWire.TYPE_CHARS_MAX;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ClientMessage.ResultAck;
import dev.terrane.protocol.client.ServerMessage.CommandResult;
import dev.terrane.protocol.client.ServerMessage.Event;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.generated.Message;
import java.nio.ByteBuffer;

/**
 * Messages to bytes and back, one Envelope each; snapshots have a form of their own. Stateless; any thread may use it.
 *
 * <p>Decoding throws {@link MalformedBytesException} and nothing else, whatever the bytes are, and allocates at most the size of
 * the message once more.
 */
public final class ClientCodec {
    static final String IDENTIFIER = "TRN1";
    private static final int ENVELOPE_TYPE = 0;
    private static final int ENVELOPE_MESSAGE = 1;

    private ClientCodec() {}

    public static byte[] encode(WireMessage message) {
        return MessageEncoder.encode(message);
    }

    /** Reads what remains in the buffer; its position stays. */
    public static ClientMessage decodeFromClient(ByteBuffer frame, WireLimits limits) {
        if (frame.remaining() > limits.frameBytesMax()) {
            return new ClientMessage.TooLarge(tooLarge(frame.remaining(), limits));
        }
        if (frame.hasArray()) {
            return decodeFromClient(frame.array(), frame.arrayOffset() + frame.position(), frame.remaining(), limits);
        }
        byte[] copy = new byte[frame.remaining()];
        frame.get(frame.position(), copy);
        return decodeFromClient(copy, 0, copy.length, limits);
    }

    public static ClientMessage decodeFromClient(byte[] bytes, int offset, int length, WireLimits limits) {
        if (length > limits.frameBytesMax()) {
            return new ClientMessage.TooLarge(tooLarge(length, limits));
        }
        FlatTable envelope = FlatTable.root(bytes, offset, length, IDENTIFIER);
        int type = envelope.u8(ENVELOPE_TYPE);
        if (!fromClient(type)) {
            return new ClientMessage.Unknown(type);
        }
        try {
            FlatTable table = message(envelope);
            return switch (type) {
                case Message.Hello -> hello(table, limits);
                case Message.ClientInput -> input(table);
                case Message.GameMessage -> gameMessage(table, limits);
                case Message.Command -> command(table);
                case Message.ResultAck -> new ResultAck(table.texts(0, ACK_COUNT_MAX, REQUEST_ID_CHARS_MAX));
                case Message.Ping -> new Ping(table.f64(0));
                default -> new Pong(table.f64(0), table.f64(1));
            };
        } catch (FlatTable.OverLimitException e) {
            return new ClientMessage.TooLarge(String.valueOf(e.getMessage()));
        }
    }

    /** All but snapshots, which a {@link MessageReader} reads. */
    public static ServerMessage decodeFromServer(byte[] bytes, int offset, int length, WireLimits limits) {
        if (length > limits.frameBytesMax()) {
            throw new MalformedBytesException(tooLarge(length, limits));
        }
        FlatTable envelope = FlatTable.root(bytes, offset, length, IDENTIFIER);
        int type = envelope.u8(ENVELOPE_TYPE);
        if (!fromServer(type)) {
            return new ServerMessage.Unrecognised(type);
        }
        try {
            FlatTable table = message(envelope);
            return switch (type) {
                case Message.GameMessage -> gameMessage(table, limits);
                case Message.Ping -> new Ping(table.f64(0));
                case Message.Pong -> new Pong(table.f64(0), table.f64(1));
                case Message.Welcome -> welcome(table, limits);
                case Message.ServerInfo -> info(table, limits);
                case Message.CommandResult -> commandResult(table, limits);
                case Message.Event -> event(table, limits);
                default -> error(table, limits);
            };
        } catch (FlatTable.OverLimitException e) {
            throw new MalformedBytesException(String.valueOf(e.getMessage()));
        }
    }

    private static boolean fromClient(int type) {
        return (type >= Message.Hello && type <= Message.Pong) || type == Message.Command || type == Message.ResultAck;
    }

    private static boolean fromServer(int type) {
        return (type >= Message.GameMessage && type <= Message.Error)
                || type == Message.CommandResult
                || type == Message.Event;
    }

    // The numbers below are the positions of the fields in client.fbs; a golden test compares them with the generated
    // accessors.

    private static Hello hello(FlatTable in, WireLimits limits) {
        int max = limits.textBytesMax();
        return new Hello(
                in.u16(0),
                in.u16(1),
                in.text(2, max),
                in.text(3, max),
                in.text(4, max),
                in.text(5, max),
                in.text(6, Math.min(Hello.TOKEN_BYTES_MAX, limits.frameBytesMax())));
    }

    private static ClientInput input(FlatTable in) {
        return new ClientInput(
                in.i32(0), in.i32(1), in.f32(2, 0), in.f32(3, 0), in.f32(4, 0), in.f32(5, 0), in.i32(6), in.i32(7));
    }

    private static GameMessage gameMessage(FlatTable in, WireLimits limits) {
        return new GameMessage(in.u16(0), in.i32(1), in.blob(2, limits.blobBytesMax()));
    }

    private static Command command(FlatTable in) {
        return new Command(
                in.text(0, TYPE_CHARS_MAX), in.u16(1), in.text(2, REQUEST_ID_CHARS_MAX), in.blob(3, PAYLOAD_BYTES_MAX));
    }

    private static CommandResult commandResult(FlatTable in, WireLimits limits) {
        int max = limits.textBytesMax();
        return new CommandResult(
                in.text(0, max),
                in.text(1, max),
                in.bool(2),
                in.text(3, max),
                in.text(4, max),
                in.i32(5),
                in.blob(6, limits.blobBytesMax()));
    }

    private static Event event(FlatTable in, WireLimits limits) {
        int max = limits.textBytesMax();
        return new Event(in.text(0, max), in.text(1, max), in.text(2, max), in.blob(3, limits.blobBytesMax()));
    }

    private static Welcome welcome(FlatTable in, WireLimits limits) {
        int max = limits.textBytesMax();
        return new Welcome(
                in.u16(0),
                in.u16(1),
                in.text(2, max),
                in.i64(3),
                in.text(4, max),
                in.text(5, max),
                in.text(6, max),
                in.f32(7, 0),
                in.u16(8),
                in.u16(9),
                in.f32(10, 0),
                in.blob(11, limits.blobBytesMax()),
                in.i32(12));
    }

    private static ServerInfo info(FlatTable in, WireLimits limits) {
        return new ServerInfo(in.text(0, limits.textBytesMax()), in.i32(1), in.i32(2), in.u8(3), in.i64(4), in.i64(5));
    }

    private static ServerError error(FlatTable in, WireLimits limits) {
        return new ServerError(
                ErrorCode.of(in.u16(0)), in.text(1, limits.textBytesMax()), in.bool(2), in.i32(3), in.i32(4));
    }

    private static FlatTable message(FlatTable envelope) {
        FlatTable message = envelope.table(ENVELOPE_MESSAGE);
        if (message == null) {
            throw new MalformedBytesException("the envelope names a type but holds no message");
        }
        return message;
    }

    static String tooLarge(int length, WireLimits limits) {
        return "a message of " + length + " bytes is longer than " + limits.frameBytesMax();
    }
}

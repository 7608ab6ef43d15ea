package dev.terrane.postgres.service;

import dev.terrane.command.CommandResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A result as the bytes of an outcome row: a byte for its kind, then its parts. */
final class StoredResult {
    private static final byte DONE = 1;
    private static final byte REFUSED = 2;

    private StoredResult() {}

    static byte[] bytes(CommandResult result) {
        return switch (result) {
            case CommandResult.Done done ->
                ByteBuffer.allocate(1 + done.payload().length)
                        .put(DONE)
                        .put(done.payload())
                        .array();
            case CommandResult.Refused refused -> {
                byte[] code = refused.errorCode().getBytes(StandardCharsets.UTF_8);
                byte[] reason = refused.reason().getBytes(StandardCharsets.UTF_8);
                yield ByteBuffer.allocate(1 + 4 + 2 + code.length + reason.length)
                        .put(REFUSED)
                        .putInt(refused.retryAfterMillis())
                        .putShort((short) code.length)
                        .put(code)
                        .put(reason)
                        .array();
            }
        };
    }

    /** @throws IllegalStateException if a newer version wrote it */
    static CommandResult read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte kind = in.get();
        switch (kind) {
            case DONE -> {
                return new CommandResult.Done(rest(in));
            }
            case REFUSED -> {
                int retryAfterMillis = in.getInt();
                byte[] code = new byte[in.getShort()];
                in.get(code);
                return new CommandResult.Refused(
                        new String(code, StandardCharsets.UTF_8),
                        new String(rest(in), StandardCharsets.UTF_8),
                        retryAfterMillis);
            }
            default -> throw new IllegalStateException("an outcome of unknown kind " + kind);
        }
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }
}

package dev.terrane.http;

import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ServerMessage;

/** The bytes of an Error for somebody who never becomes a session. */
final class ErrorMessage {
    private ErrorMessage() {}

    static byte[] fatal(ErrorCode error, String message) {
        return ClientCodec.encode(new ServerMessage.ServerError(error, message, true, 0, 0));
    }
}

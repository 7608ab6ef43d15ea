package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.command.CommandErrors;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.CommandAnswer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durable commands from a client's hand through the lane and a cell into Postgres and back. */
class CommandIT {
    private static final String VOTE = "cmd.hex.vote";

    @TempDir
    Path folder;

    private static byte[] vote(String candidate) {
        return ("{\"a\":0,\"b\":0,\"candidate\":\"" + candidate + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static String code(Player player, String type, int version, String request, byte[] payload)
            throws Exception {
        CommandAnswer answer =
                player.client().command(type, version, request, payload).get(60, TimeUnit.SECONDS);
        return answer instanceof CommandAnswer.Refused refused ? refused.errorCode() : "done";
    }

    private static Player join(ServerProcess server, String token) {
        return Player.join(ClientOptions.guest(server.socket(), "Ada").withToken(token));
    }

    @Test
    void answersTheSameCommandTheSameThoughTheServerWasKilledInBetween() throws Exception {
        String token;
        try (ServerProcess server = ServerProcess.start(folder)) {
            token = RawClient.guestToken(server);
            Player ada = join(server, token);
            assertThat(code(ada, VOTE, 1, "vote-1", vote("character:nobody"))).isEqualTo("NO_SHARE");
            assertThat(code(ada, VOTE, 1, "vote-1", vote("character:other"))).isEqualTo(CommandErrors.CONFLICT);
            assertThat(code(ada, VOTE, 2, "vote-2", vote(""))).isEqualTo(CommandErrors.UNKNOWN_VERSION);
            assertThat(code(ada, "cmd.hex.burn", 1, "burn-1", vote(""))).isEqualTo(CommandErrors.UNKNOWN_COMMAND);
            assertThat(code(ada, VOTE, 1, "vote-3", new byte[] {'['})).isEqualTo(CommandErrors.INVALID_PAYLOAD);
            server.kill();
        }
        try (ServerProcess server = ServerProcess.start(folder);
                Player ada = join(server, token)) {
            assertThat(code(ada, VOTE, 1, "vote-1", vote("character:nobody"))).isEqualTo("NO_SHARE");
            assertThat(code(ada, VOTE, 1, "vote-1", vote("character:other")))
                    .as("it is remembered, not found anew")
                    .isEqualTo(CommandErrors.CONFLICT);
        }
    }
}

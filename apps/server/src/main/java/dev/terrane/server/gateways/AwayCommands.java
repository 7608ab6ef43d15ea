package dev.terrane.server.gateways;

import dev.terrane.base.CharacterId;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.http.RestCommands;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** For a gateway that has no lane to hand commands to: asks everybody to try again later. Nothing is kept. */
final class AwayCommands implements CommandPort, RestCommands {
    private static final int RETRY_MILLIS = 1_000;
    private static final CommandResult.Refused BUSY = new CommandResult.Refused(
            CommandErrors.BUSY, "commands cannot be taken here now; try the same again later", RETRY_MILLIS);

    @Override
    public void attached(Caller caller, boolean resumed, GatewayInbox answerTo) {}

    @Override
    public Submission submit(Caller caller, Wish wish) {
        return new Submission.Refused(BUSY);
    }

    @Override
    public void acked(Caller caller, List<String> requestIds) {}

    @Override
    public void detached(Caller caller) {}

    @Override
    public CompletionStage<CommandResult> submit(CharacterId character, Wish wish) {
        return CompletableFuture.completedStage(BUSY);
    }

    @Override
    public CompletionStage<Optional<CommandResult>> find(CharacterId character, String requestId) {
        return CompletableFuture.completedStage(Optional.empty());
    }
}

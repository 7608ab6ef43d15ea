package dev.terrane.http;

import dev.terrane.base.CharacterId;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.gateway.CommandPort.Wish;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The port to the command lane for characters that ask by HTTP. Called on event loops, several at once; must not block. */
public interface RestCommands {
    /**
     * Hands a command to the lane, under the same client id as the character's session would. The same request id may come again.
     *
     * @return its result, whenever it comes, on any thread; {@link CommandErrors#BUSY} when the lane does not take it
     */
    CompletionStage<CommandResult> submit(CharacterId character, Wish wish);

    /** The result of an earlier command of this character, as long as it is kept; empty if there is none, or none yet. */
    CompletionStage<Optional<CommandResult>> find(CharacterId character, String requestId);

    /** For a server that carries out no commands. */
    static RestCommands none() {
        CommandResult refusal =
                new CommandResult.Refused(CommandErrors.UNKNOWN_COMMAND, "this server carries out no commands");
        return new RestCommands() {
            @Override
            public CompletionStage<CommandResult> submit(CharacterId character, Wish wish) {
                return CompletableFuture.completedStage(refusal);
            }

            @Override
            public CompletionStage<Optional<CommandResult>> find(CharacterId character, String requestId) {
                return CompletableFuture.completedStage(Optional.empty());
            }
        };
    }
}

package dev.terrane.gateway;

import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import java.util.List;

/** Knows no command. */
enum NoCommands implements CommandPort {
    INSTANCE;

    private static final Submission REFUSED = new Submission.Refused(
            new CommandResult.Refused(CommandErrors.UNKNOWN_COMMAND, "this server carries out no commands"));

    @Override
    public void attached(Caller caller, boolean resumed, GatewayInbox answerTo) {}

    @Override
    public Submission submit(Caller caller, Wish wish) {
        return REFUSED;
    }

    @Override
    public void acked(Caller caller, List<String> requestIds) {}

    @Override
    public void detached(Caller caller) {}
}

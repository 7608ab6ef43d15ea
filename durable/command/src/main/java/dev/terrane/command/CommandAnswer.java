package dev.terrane.command;

/**
 * A result on its way to whoever asked.
 *
 * @param correlationId see {@link CommandEnvelope.Trace}
 */
public record CommandAnswer(CommandEnvelope.Origin origin, String type, String correlationId, CommandResult result) {
    static CommandAnswer to(CommandEnvelope command, CommandResult result) {
        return new CommandAnswer(
                command.origin(), command.type(), command.trace().correlationId(), result);
    }
}

package dev.terrane.command;

import java.nio.charset.StandardCharsets;

/**
 * Payload of {@code cmd.<service>.resulted}: what became of a command that the service had sent. So a result reaches a service as any command does, exactly once and in order.
 *
 * @param requestId of the service's command: {@code <matter>/<step>}; the matter is the key
 * @param type of the service's command
 * @param errorCode empty if it was done
 * @param payload JSON, empty if there was none, or if it is longer than {@link #PAYLOAD_BYTES_MAX}
 */
public record Resulted(String requestId, String type, boolean done, String errorCode, String reason, String payload) {
    /** Who alone may send it. */
    public static final String CLIENT = "lane:answers";

    /** With room for what escaping it adds: longer, and no lane would take it. Services that wait for a result ask for little. */
    public static final int PAYLOAD_BYTES_MAX = 3 * 1024;

    private static final String VERB = ".resulted";

    /** @param service as in {@code service:<name>} */
    public static CommandType<Resulted> typeFor(String service) {
        return new CommandType<>("cmd." + service + VERB, 1, Resulted.class, (resulted, _) -> resulted.matter());
    }

    /** Whether a type is one that nobody but the lane itself may send. */
    public static boolean isResulted(String type) {
        return type.endsWith(VERB);
    }

    /** What the service's command was about. */
    public String matter() {
        int slash = requestId.lastIndexOf('/');
        return slash < 0 ? requestId : requestId.substring(0, slash);
    }

    /** Its step in the matter, empty if it had none. */
    public String step() {
        int slash = requestId.lastIndexOf('/');
        return slash < 0 ? "" : requestId.substring(slash + 1);
    }

    /** Of an answer to a service. */
    public static Resulted of(CommandAnswer answer) {
        return switch (answer.result()) {
            case CommandResult.Done done ->
                new Resulted(
                        answer.origin().requestId(),
                        answer.type(),
                        true,
                        "",
                        "",
                        done.payload().length > PAYLOAD_BYTES_MAX
                                ? ""
                                : new String(done.payload(), StandardCharsets.UTF_8));
            case CommandResult.Refused refused ->
                new Resulted(
                        answer.origin().requestId(), answer.type(), false, refused.errorCode(), refused.reason(), "");
        };
    }
}

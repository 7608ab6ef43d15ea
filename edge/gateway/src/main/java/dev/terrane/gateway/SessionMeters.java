package dev.terrane.gateway;

import dev.terrane.base.Meters;
import dev.terrane.protocol.client.ErrorCode;

/** What is counted about sessions and what they say; messages and bytes as such are counted by the door. */
final class SessionMeters {
    final Meters.Count opened;
    final Meters.Count inputsForwarded;
    /** Found the cell's inbox full, or the cell away, and wait here. */
    final Meters.Count inputsHeld;

    final Meters.Count inputsDuplicate;
    final Meters.Count inputsDropped;
    final Meters.Count gameMessagesForwarded;
    final Meters.Count gameMessagesRefused;
    final Meters.Count commandsAccepted;
    final Meters.Count commandsRefused;
    final Meters.Count resultsSent;
    final Meters.Count eventsSent;
    final Meters.Count rejoins;
    final Meters.Count bugs;
    private final Meters.Count[] errors = new Meters.Count[ErrorCode.values().length];

    SessionMeters(Meters meters) {
        opened = meters.count("ws_sessions_opened");
        inputsForwarded = meters.count("gateway_inputs", "fate", "forwarded");
        inputsHeld = meters.count("gateway_inputs", "fate", "held");
        inputsDuplicate = meters.count("gateway_inputs", "fate", "duplicate");
        inputsDropped = meters.count("gateway_inputs", "fate", "dropped");
        gameMessagesForwarded = meters.count("gateway_game_messages", "fate", "forwarded");
        gameMessagesRefused = meters.count("gateway_game_messages", "fate", "refused");
        commandsAccepted = meters.count("gateway_commands", "fate", "accepted");
        commandsRefused = meters.count("gateway_commands", "fate", "refused");
        resultsSent = meters.count("gateway_results_sent");
        eventsSent = meters.count("gateway_events_sent");
        rejoins = meters.count("gateway_rejoins");
        bugs = meters.count("gateway_session_bugs");
        for (ErrorCode code : ErrorCode.values()) {
            errors[code.ordinal()] = meters.count("ws_errors", "code", code.name());
        }
    }

    Meters.Count error(ErrorCode code) {
        return errors[code.ordinal()];
    }
}

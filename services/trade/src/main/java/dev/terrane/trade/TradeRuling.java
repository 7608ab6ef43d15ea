package dev.terrane.trade;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import java.util.List;

/** What was decided about one command. @param sent the next step */
public record TradeRuling(CommandResult result, List<EventEnvelope> events, List<CommandEnvelope> sent) {
    private static final byte[] NOTHING = {};

    static TradeRuling refused(String code, String reason) {
        return new TradeRuling(new CommandResult.Refused(code, reason), List.of(), List.of());
    }

    static TradeRuling done(List<EventEnvelope> events, List<CommandEnvelope> sent) {
        return new TradeRuling(new CommandResult.Done(NOTHING), events, sent);
    }
}

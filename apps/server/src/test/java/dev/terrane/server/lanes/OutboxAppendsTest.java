package dev.terrane.server.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxAppendsTest {
    private final List<String> taken = new ArrayList<>();
    /** What lanes say of a type; nothing: they take it. */
    private final Map<String, CommandResult.Refused> refusals = new HashMap<>();

    private final OutboxAppends appends = new OutboxAppends(
            "trade",
            (command, producer) -> {
                CommandResult.Refused refused = refusals.get(command.type());
                if (refused == null) {
                    taken.add(command.type() + " " + command.origin().requestId());
                }
                producer.written(refused);
            },
            OutboxAppendsTest::resulted);

    private static CommandEnvelope resulted(CommandAnswer answer) {
        CommandResult.Refused refused = (CommandResult.Refused) answer.result();
        return command("cmd.trade.resulted", "lane:answers", answer.origin().requestId() + ":" + refused.errorCode());
    }

    private static CommandEnvelope command(String type, String client, String request) {
        return new CommandEnvelope(
                type,
                1,
                "key",
                new CommandEnvelope.Origin(client, request),
                new CommandEnvelope.Trace("e", "c", "", "test", 0),
                new byte[0]);
    }

    private final List<CommandEnvelope> group = List.of(
            command("cmd.economy.hold", "service:trade", "t1/hold"),
            command("cmd.gone.give", "service:trade", "t2/deliver"),
            command("cmd.economy.hold", "service:trade", "t3/hold"));

    @Test
    void aServiceIsToldOfWhatNoLaneTakesAndTheRestGoesOn() {
        refusals.put("cmd.gone.give", new CommandResult.Refused(CommandErrors.UNKNOWN_COMMAND, "nobody"));
        appends.append(group);
        assertThat(taken)
                .containsExactly(
                        "cmd.economy.hold t1/hold",
                        "cmd.economy.hold t3/hold",
                        "cmd.trade.resulted t2/deliver:UNKNOWN_COMMAND");
    }

    @Test
    void bringsAgainOnlyWhatWasNotTaken() {
        refusals.put("cmd.gone.give", new CommandResult.Refused(CommandErrors.BUSY, "full"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> appends.append(group)).isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(taken).containsExactly("cmd.economy.hold t1/hold", "cmd.economy.hold t3/hold");
        refusals.clear();
        appends.append(group);
        assertThat(taken).hasSize(3).last().isEqualTo("cmd.gone.give t2/deliver");
        appends.append(group);
        assertThat(taken).as("another group").hasSize(6);
    }

    @Test
    void whatCannotBeToldNowIsNotDropped() {
        refusals.put("cmd.gone.give", new CommandResult.Refused(CommandErrors.UNKNOWN_COMMAND, "nobody"));
        refusals.put("cmd.trade.resulted", new CommandResult.Refused(CommandErrors.BUSY, "full"));
        assertThatThrownBy(() -> appends.append(group)).isInstanceOf(StoreUnavailableException.class);
        refusals.remove("cmd.trade.resulted");
        appends.append(group);
        assertThat(taken).last().isEqualTo("cmd.trade.resulted t2/deliver:UNKNOWN_COMMAND");
    }
}

package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.RegionId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFailedException;
import dev.terrane.cell.TickFacts;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId RIGHT = new RegionId(1, 0);

    private final HandCrankedWorld world = HandCrankedWorld.of(Till::new, new StripPartition(2, 256, 512), 5);

    private static <P extends Record> CellCommand command(int index, CommandType<P> type, String client, P payload) {
        CommandEnvelope envelope = new CommandEnvelope(
                type.name(),
                type.version(),
                type.keyRule().keyOf(payload, client),
                new CommandEnvelope.Origin(client, "request-" + index),
                new CommandEnvelope.Trace("", "", "", "test", 0),
                new byte[0]);
        return new CellCommand(1, index, envelope, payload);
    }

    private static String client(TestPlayer player) {
        return "character:" + player.character().value();
    }

    private Admission offer(RegionId region, CellCommand... commands) {
        return world.offer(world.cell(region).id(), new CellInput.Commands(List.of(commands)));
    }

    private List<TickFacts.CarriedOut> carriedOut() {
        List<TickFacts.CarriedOut> all = new ArrayList<>();
        world.facts().forEach(facts -> all.addAll(facts.carriedOut()));
        return all;
    }

    private long factsOfLeft() {
        return world.facts().stream()
                .filter(facts -> facts.cell().region().equals(LEFT))
                .count();
    }

    @Test
    void carriesABatchOutInOneTickInOrder() {
        TestPlayer ada = world.join("Ada");
        offer(
                LEFT,
                command(0, Till.PUT, client(ada), new Till.Put(5)),
                command(1, Till.PUT, client(ada), new Till.Put(7)));
        world.tick(1);
        assertThat(carriedOut())
                .extracting(TickFacts.CarriedOut::outcome)
                .map(outcome -> ((CommandOutcome.Done) outcome).answer())
                .containsExactly(new Till.Balance(5), new Till.Balance(12));
        TickFacts facts = world.facts().getLast();
        assertThat(facts.cell()).isEqualTo(world.cell(LEFT).id());
        assertThat(facts.epoch()).isEqualTo(world.cell(LEFT).epoch());
        assertThat(facts.tick()).isEqualTo(world.cell(LEFT).lastTick());
        assertThat(facts.facts()).isNotEmpty();
    }

    @Test
    void keepsNothingForACommandThatItRefuses() {
        TestPlayer ada = world.join("Ada");
        offer(LEFT, command(0, Till.PUT, client(ada), new Till.Put(-1)));
        world.tick(1);
        assertThat(carriedOut().getFirst().outcome())
                .isEqualTo(CommandOutcome.refused("AMOUNT_OUT_OF_RANGE", "put at least one coin"));
        assertThat(world.facts().getLast().facts()).isEmpty();
    }

    @Test
    void refusesCommandsThatNobodyHandles() {
        TestPlayer ada = world.join("Ada");
        CommandType<Till.Put> newer = new CommandType<>("cmd.till.put", 2, Till.Put.class, (_, client) -> client);
        offer(LEFT, command(0, newer, client(ada), new Till.Put(1)));
        world.tick(1);
        assertThat(carriedOut().getFirst().outcome())
                .isInstanceOfSatisfying(
                        CommandOutcome.Refused.class,
                        refused -> assertThat(refused.errorCode()).isEqualTo("UNKNOWN_COMMAND"));
    }

    @Test
    void sendsBackWhatIsForAnAvatarOrRegionElsewhere() {
        TestPlayer ada = world.join("Ada");
        offer(
                RIGHT,
                command(0, Till.PUT, client(ada), new Till.Put(5)),
                command(1, Till.OPEN, client(ada), new Till.Open(0, 0, 9)));
        world.tick(1);
        assertThat(world.commandsElsewhere()).extracting(CellCommand::index).containsExactly(0, 1);
        assertThat(carriedOut()).isEmpty();
    }

    @Test
    void keepsWhatACommandSpawnsAndWhatItEnds() {
        TestPlayer ada = world.join("Ada");
        offer(LEFT, command(0, Till.OPEN, client(ada), new Till.Open(0, 0, 9)));
        world.tick(1);
        int spawnedBytes = world.facts().getLast().facts().length;
        offer(LEFT, command(1, Till.QUIT, client(ada), new Till.Quit()));
        world.tick(1);
        int endedBytes = world.facts().getLast().facts().length;
        assertThat(endedBytes).isPositive().isLessThan(spawnedBytes);
        assertThat(ada.joined()).isFalse();
    }

    @Test
    void namesTheCommandWhoseHandlerThrew() {
        TestPlayer ada = world.join("Ada");
        offer(LEFT, command(4, Till.PUT, client(ada), new Till.Put(13)));
        Cell left = world.cell(LEFT);
        assertThatThrownBy(() -> left.tick(left.lastTick() + 1, 0))
                .isInstanceOfSatisfying(
                        CellFailedException.class,
                        failure -> assertThat(failure.command())
                                .extracting(CellCommand::index)
                                .isEqualTo(4))
                .hasMessageContaining("13 brings bad luck");
    }

    @Test
    void namesTheCommandThatWasRefusedWithoutACode() {
        TestPlayer ada = world.join("Ada");
        offer(LEFT, command(4, Till.PUT, client(ada), new Till.Put(14)));
        Cell left = world.cell(LEFT);
        assertThatThrownBy(() -> left.tick(left.lastTick() + 1, 0))
                .isInstanceOfSatisfying(
                        CellFailedException.class,
                        failure -> assertThat(failure.command())
                                .extracting(CellCommand::index)
                                .isEqualTo(4))
                .hasMessageContaining("error code");
    }

    @Test
    void namesTheCommandThatWasAnsweredWithWhatIsNotDeclared() {
        TestPlayer ada = world.join("Ada");
        offer(LEFT, command(4, Till.PUT, client(ada), new Till.Put(15)));
        Cell left = world.cell(LEFT);
        assertThatThrownBy(() -> left.tick(left.lastTick() + 1, 0))
                .isInstanceOf(CellFailedException.class)
                .hasMessageContainingAll("plugin till answers cmd.till.put v1 with", "Note", "declares", "Balance");
    }

    @Test
    void refusesInItsTickWhatNoLaneWouldTake() {
        world.visit(LEFT, cell -> {
            assertThatThrownBy(() -> cell.command(Till.PUT, "r".repeat(65), new Till.Put(1)))
                    .hasMessageContaining("request id");
            assertThatThrownBy(() -> cell.command(Till.PUT, "", new Till.Put(1)))
                    .hasMessageContaining("request id");
            assertThatThrownBy(() -> cell.command(Till.NOTE, "request", new Till.Note("k".repeat(129))))
                    .hasMessageContaining("key");
            assertThatThrownBy(() -> cell.publish("till.taxed", "key", new Till.Balance(1)))
                    .hasMessageContaining("topic");
            assertThatThrownBy(() -> cell.publish("evt.till.taxed", "a\0b", new Till.Balance(1)))
                    .hasMessageContaining("key");
        });
        world.tick(1);
        assertThat(world.facts()).isEmpty();
    }

    @Test
    void handsOutWhatTheCellItselfSendsAndPublishes() {
        world.tick(10);
        List<TickFacts.Sent> sent = new ArrayList<>();
        List<TickFacts.Published> published = new ArrayList<>();
        world.facts().forEach(facts -> sent.addAll(facts.sent()));
        world.facts().forEach(facts -> published.addAll(facts.published()));
        assertThat(sent).hasSize(2).allMatch(each -> each.requestId().equals("tax-10"));
        assertThat(published).extracting(TickFacts.Published::key).containsExactly("region:0,0", "region:1,0");
    }

    @Test
    void takesNoMoreCommandsWhileTooMuchWaitsForTheStore() {
        TestPlayer ada = world.join("Ada");
        world.storeImages(false);
        int tick = 0;
        while (offer(LEFT, command(tick, Till.PUT, client(ada), new Till.Put(1))) == Admission.ACCEPTED) {
            assertThat(tick++).isLessThan(10_000);
            world.tick(1);
        }
        long handedOut = factsOfLeft();
        world.tick(50); // the cell's own wishes are not taken on either
        assertThat(factsOfLeft()).isEqualTo(handedOut);
        world.storeImages(true);
        world.offer(
                world.cell(LEFT).id(),
                new CellInput.FactsStored(world.cell(LEFT).lastTick()));
        world.tick(1);
        assertThat(offer(LEFT, command(tick, Till.PUT, client(ada), new Till.Put(1))))
                .isEqualTo(Admission.ACCEPTED);
    }
}

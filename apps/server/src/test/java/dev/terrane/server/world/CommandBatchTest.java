package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Reply;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.json.JsonPayloads;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandBatchTest {
    private static final CellId CELL = new CellId(new WorldId("test"), RegionId.ORIGIN, 0);
    private static final CommandCatalogue CATALOGUE = new CommandCatalogue(List.of(Chests.PUT), new JsonPayloads());
    private static final CommandResult DONE = new CommandResult.Done(new byte[] {1});

    private final CommandBatch batch = new CommandBatch(1, List.of(put(1), put(1), put(2)), new Silent(), 0);

    private static final class Silent implements Reply {
        @Override
        public void answered(List<Verdict> verdicts) {}

        @Override
        public void unavailable(String why) {}
    }

    private static Delivery put(long coins) {
        return new Delivery(
                1,
                new CommandEnvelope(
                        Chests.PUT.name(),
                        1,
                        "region:0,0",
                        new CommandEnvelope.Origin("character:ada", "r"),
                        new CommandEnvelope.Trace("e", "e", "", "test", 0),
                        new JsonPayloads().encode(new Chests.Put(0, coins))),
                1);
    }

    @Test
    void doesNotTakeBackWhatWasSentWhenALookUpComesLate() {
        CommandBatch.Found found = batch.find(0, null, CATALOGUE);
        batch.lookedUp(0, found);
        batch.sent(0, CELL, 1);
        batch.lookedUp(0, found);
        assertThat(batch.unsent(0)).isFalse();
        assertThat(batch.hasSent()).isTrue();
    }

    @Test
    void neitherLooksUpNorSendsATwin() {
        assertThat(batch.toLookUp(0, _ -> 1)).isTrue();
        assertThat(batch.toLookUp(1, _ -> 1)).isFalse();
        assertThat(batch.unsent(1)).isFalse();
    }

    @Test
    void givesATwinTheRecordedResultAlthoughTheFirstOneIsAnotherWish() {
        CommandEnvelope other = batch.envelope(2);
        TickRecord.Outcome known = new TickRecord.Outcome(other.idempotencyKey(), other.payloadHash(), DONE);
        batch.lookedUp(0, batch.find(0, known, CATALOGUE));
        assertThat(batch.verdicts().get(2)).isEqualTo(new Verdict.Settled(DONE));
        assertThat(batch.verdicts().subList(0, 2))
                .allMatch(verdict -> verdict instanceof Verdict.Settled(CommandResult.Refused _));
    }

    @Test
    void givesTwinsWhatTheFirstOneGotUnlessTheirPayloadIsAnother() {
        batch.settle(0, DONE);
        assertThat(batch.done()).isTrue();
        assertThat(batch.verdicts().subList(0, 2)).allMatch(new Verdict.Settled(DONE)::equals);
        assertThat(batch.verdicts().get(2))
                .isInstanceOfSatisfying(
                        Verdict.Settled.class,
                        settled -> assertThat(((CommandResult.Refused) settled.result()).errorCode())
                                .isEqualTo("CONFLICT"));
    }
}

package dev.terrane.games.skirmish.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.TickFacts;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.HandCrankedWorld;
import dev.terrane.testkit.TestPlayer;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HexPlayTest {
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final String TRADE = "service:trade";
    private static final String ADA = player(1);
    private static final String BOB = player(2);
    private static final String CYD = player(3);

    private final HandCrankedWorld world = HandCrankedWorld.of(Skirmish::new, new StripPartition(2, 512, 512), 5);
    private int requestCount;

    @BeforeEach
    void begin() {
        world.tick(1); // a region takes commands on when its beginning is stored
    }

    private static String player(int number) {
        return "character:" + new UUID(7, number);
    }

    private <P extends Record> CommandOutcome ask(String client, CommandType<P> type, P payload) {
        CommandEnvelope envelope = new CommandEnvelope(
                type.name(),
                type.version(),
                type.keyRule().keyOf(payload, client),
                new CommandEnvelope.Origin(client, "request-" + ++requestCount),
                new CommandEnvelope.Trace("", "", "", "test", 0),
                new byte[0]);
        world.offer(world.cell(LEFT).id(), new CellInput.Commands(List.of(new CellCommand(1, 0, envelope, payload))));
        world.tick(1);
        return world.facts().getLast().carriedOut().getFirst().outcome();
    }

    private CommandOutcome pay(String customer, int xp) {
        return ask(TRADE, HexCommands.CONTRIBUTE, new HexCommands.Contribute(customer, xp, "region:0,0"));
    }

    private CommandOutcome vote(String voter, String candidate) {
        return ask(voter, HexCommands.VOTE, new HexCommands.Vote(0, 0, candidate));
    }

    private HexCommands.Seen look(String client) {
        CommandOutcome outcome = ask(client, HexCommands.LOOK, new HexCommands.Look(0, 0));
        return HexCommands.Seen.class.cast(Objects.requireNonNull(((CommandOutcome.Done) outcome).answer()));
    }

    private static HexEvents.Changed hex(CommandOutcome outcome) {
        return HexEvents.Changed.class.cast(Objects.requireNonNull(((CommandOutcome.Done) outcome).answer()));
    }

    private static String code(CommandOutcome outcome) {
        return ((CommandOutcome.Refused) outcome).errorCode();
    }

    @Test
    void belongsToWhoeverHasPaidMostOfIt() {
        assertThat(hex(pay(ADA, 50))).isEqualTo(new HexEvents.Changed("region:0,0", 1, 1, 50, ADA, "", 1));
        assertThat(hex(pay(BOB, 50)).owner())
                .as("a half is not more than a half")
                .isEqualTo(ADA);
        assertThat(hex(pay(BOB, 1)).owner()).isEqualTo(BOB);
        assertThat(hex(pay(ADA, 300))).isEqualTo(new HexEvents.Changed("region:0,0", 4, 3, 401, ADA, "", 2));
    }

    @Test
    void goesToTheCandidateOfMoreThanHalfOfTheShares() {
        pay(ADA, 100);
        pay(BOB, 60);
        pay(CYD, 60);
        assertThat(hex(vote(BOB, CYD)).owner()).isEqualTo(CYD);
        assertThat(hex(vote(CYD, ADA)).owner())
                .as("ADA has 160 of 220 behind her")
                .isEqualTo(ADA);
    }

    @Test
    void takesNoContributionFromPlayersThemselves() {
        assertThat(code(ask(ADA, HexCommands.CONTRIBUTE, new HexCommands.Contribute(ADA, 5, "region:0,0"))))
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void refusesWhatIsNoContributionAndChangesNothing() {
        assertThat(code(pay(ADA, 0))).isEqualTo("QUANTITY_OUT_OF_RANGE");
        assertThat(code(pay(ADA, HexPlay.XP_PER_COMMAND_MAX + 1))).isEqualTo("QUANTITY_OUT_OF_RANGE");
        assertThat(code(pay("nobody", 5))).isEqualTo("UNKNOWN_CHARACTER");
        assertThat(world.facts().getLast().facts()).isEmpty();
        assertThat(hex(pay(ADA, 5)).version()).isEqualTo(1);
    }

    @Test
    void letsOnlyShareholdersVoteAndBeVotedFor() {
        pay(ADA, 5);
        assertThat(code(vote(BOB, ADA))).isEqualTo("NO_SHARE");
        assertThat(code(vote(ADA, BOB))).isEqualTo("UNKNOWN_CANDIDATE");
    }

    @Test
    void showsHowItStandsAndChangesNothing() {
        assertThat(look(ADA))
                .isEqualTo(new HexCommands.Seen(new HexEvents.Changed("region:0,0", 0, 1, 0, "", "", 0), 0));
        pay(ADA, 150);
        HexEvents.Changed paid = new HexEvents.Changed("region:0,0", 1, 2, 150, ADA, "", 1);
        assertThat(look(ADA)).isEqualTo(new HexCommands.Seen(paid, 150));
        assertThat(look(BOB)).isEqualTo(new HexCommands.Seen(paid, 0));
        TickFacts facts = world.facts().getLast();
        assertThat(facts.facts()).isEmpty();
        assertThat(facts.published()).isEmpty();
    }

    @Test
    void tellsTheOwnersNameAsFarAsItIsKnown() {
        TestPlayer eve = world.join("Eve");
        String client = "character:" + eve.character().value();
        assertThat(hex(pay(client, 50)).ownerName()).isEqualTo("Eve");
        assertThat(hex(pay(ADA, 20)).ownerName()).as("who pays is not who owns").isEqualTo("Eve");
        assertThat(hex(vote(client, ADA)).ownerName())
                .as("her ship was never here")
                .isEmpty();
        assertThat(hex(vote(client, client)).ownerName()).isEqualTo("Eve");
        world.crashAll();
        world.tick(1);
        assertThat(hex(pay(client, 1)).ownerName())
                .as("an absent owner keeps the name that was heard last")
                .isEqualTo("Eve");
        assertThat(look(BOB).hex().ownerName()).isEqualTo("Eve");
    }

    @Test
    void hasRoomForAsManyShareholdersAsItSays() {
        for (int i = 0; i < HexPlay.SHAREHOLDERS_MAX; i++) {
            pay(player(100 + i), 1);
        }
        assertThat(code(pay(ADA, 1))).isEqualTo("HEX_FULL");
        assertThat(hex(pay(player(100), 1)).shareholders()).isEqualTo(HexPlay.SHAREHOLDERS_MAX);
    }

    @Test
    void tellsAndKeepsWhatHasChanged() {
        pay(ADA, 150);
        TickFacts facts = world.facts().getLast();
        assertThat(facts.facts()).isNotEmpty();
        assertThat(facts.published())
                .extracting(TickFacts.Published::payload)
                .containsExactly(
                        new HexEvents.Contributed("region:0,0", 1, ADA, 150, 150, ""),
                        new HexEvents.Changed("region:0,0", 1, 2, 150, ADA, "", 1));
    }

    @Test
    void carriesOutTwoContributionsOfOneTick() {
        HexCommands.Contribute five = new HexCommands.Contribute(ADA, 5, "region:0,0");
        CommandEnvelope envelope = new CommandEnvelope(
                HexCommands.CONTRIBUTE.name(),
                1,
                "region:0,0",
                new CommandEnvelope.Origin(TRADE, "both"),
                new CommandEnvelope.Trace("", "", "", "test", 0),
                new byte[0]);
        world.offer(
                world.cell(LEFT).id(),
                new CellInput.Commands(
                        List.of(new CellCommand(1, 0, envelope, five), new CellCommand(1, 1, envelope, five))));
        world.tick(1);
        List<TickFacts.CarriedOut> both = world.facts().getLast().carriedOut();
        assertThat(hex(both.get(1).outcome())).isEqualTo(new HexEvents.Changed("region:0,0", 2, 1, 10, ADA, "", 1));
    }
}

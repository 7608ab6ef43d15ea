package dev.terrane.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.CommandType;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.Heard;
import dev.terrane.command.PayloadCodec;
import dev.terrane.json.JsonPayloads;
import dev.terrane.plugin.JobContext;
import dev.terrane.plugin.JobPlugin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JobLaneTest {
    private static final String TOPIC = "evt.test.happened";
    private static final CommandType<Wish> WISH =
            new CommandType<>("cmd.test.wish", 1, Wish.class, (wish, _) -> wish.about());

    private final PayloadCodec codec = new JsonPayloads();
    private final MemoryJobBooks books = new MemoryJobBooks();
    private final JobTools tools = new JobTools(books, codec, Runnable::run, Clock.system(), Meters.none(), "main");
    private int triesToFail;

    private record Wish(String about) {}

    private record Happened(int number) {}

    private JobLane lane(Consumer<JobContext> setup) {
        JobPlugin plugin = new JobPlugin() {
            @Override
            public String name() {
                return "mine";
            }

            @Override
            public void configure(JobContext jobs) {
                setup.accept(jobs);
            }
        };
        return JobLane.of("mine", plugin, Map.of("greeting", "hello"), tools);
    }

    private CommandEnvelope run(String client, String request, String job) {
        return JobCommands.run(client, request, new JobCommands.Run(job, "fast"), 17, codec);
    }

    private CommandEnvelope heard(String key, String id, int number) {
        return Heard.of(
                new EventEnvelope(TOPIC, key, id, "", 17, codec.encode(new Happened(number))), "jobs-mine", "node-1");
    }

    private static List<Verdict> deliver(JobLane lane, CommandEnvelope... commands) {
        List<Delivery> batch = new ArrayList<>();
        for (CommandEnvelope command : commands) {
            batch.add(new Delivery(batch.size(), command, 1));
        }
        List<Verdict> verdicts = new ArrayList<>();
        lane.receiver().deliver(batch, new CommandReceiver.Reply() {
            @Override
            public void answered(List<Verdict> told) {
                verdicts.addAll(told);
            }

            @Override
            public void unavailable(String why) {}
        });
        return verdicts;
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Settled(CommandResult.Done done) -> new String(done.payload(), StandardCharsets.UTF_8);
            case Verdict.Settled(CommandResult.Refused refused) -> refused.errorCode();
            case Verdict.Threw(String what) -> "threw " + what;
            case Verdict.Behind _ -> "behind";
            case Verdict.Unreached _ -> "unreached";
        };
    }

    @Test
    void runsAJobOfAPluginUnderItsFullNameAndSendsInThePluginsName() {
        JobLane lane = lane(jobs -> jobs.registerJob("greet", "Greets.", 60, (run, argument) -> {
            run.command(WISH, "wish-1", new Wish("all"));
            run.publish(TOPIC, "region:0,0", new Happened(1));
            return jobs.options().get("greeting") + " " + argument;
        }));
        assertThat(lane.name()).isEqualTo("jobs-mine").isEqualTo(JobCommands.laneOf("mine.greet"));
        assertThat(lane.jobs()).extracting(Job::name).containsExactly("mine.greet");
        assertThat(deliver(lane, run("admin:cli", "r-1", "mine.greet")))
                .map(JobLaneTest::text)
                .containsExactly("{\"said\":\"hello fast\"}");
        assertThat(books.runs).containsExactly("mine.greet done: hello fast");
        assertThat(books.sent)
                .extracting(CommandEnvelope::origin)
                .containsExactly(new CommandEnvelope.Origin("job:mine", "wish-1"));
        assertThat(books.published).extracting(EventEnvelope::topic).containsExactly(TOPIC);
    }

    @Test
    void answersTheSameRunTheSameAndSendsOnce() {
        JobLane lane = lane(jobs -> jobs.registerJob("greet", "Greets.", 0, (run, _) -> {
            run.command(WISH, "wish-1", new Wish("all"));
            return "run " + books.runs.size();
        }));
        for (int i = 0; i < 3; i++) {
            assertThat(deliver(lane, run("admin:cli", "r-1", "mine.greet")))
                    .map(JobLaneTest::text)
                    .containsExactly("{\"said\":\"run 0\"}");
        }
        assertThat(books.sent).hasSize(1);
    }

    @Test
    void aJobThatRunsIsNotRunByAnotherBatchMeanwhile() {
        CommandEnvelope first = run("admin:cli", "r-1", "mine.slow");
        CommandEnvelope second = run("admin:cli", "r-2", "mine.slow");
        List<String> ran = new ArrayList<>();
        List<JobLane> lanes = new ArrayList<>();
        lanes.add(lane(jobs -> jobs.registerJob("slow", "Takes its time.", 0, (_, _) -> {
            ran.add("run");
            if (ran.size() == 1) {
                assertThat(deliver(lanes.getFirst(), first, second))
                        .as("by a consumer that does not know of it")
                        .isEmpty();
            }
            return "";
        })));
        assertThat(deliver(lanes.getFirst(), first)).hasSize(1);
        assertThat(ran).hasSize(1);
        assertThat(deliver(lanes.getFirst(), first, second)).hasSize(2);
        assertThat(ran).hasSize(2);
    }

    @Test
    void hearsEachEventOnceAndPassesWhatTheHandlerNeeds() {
        List<String> told = new ArrayList<>();
        JobLane lane = lane(jobs -> jobs.onEvent(TOPIC, Happened.class, (run, event) -> {
            told.add(event.key() + " " + event.id() + " " + event.payload().number() + " at " + event.atMillis());
            run.command(WISH, event.id(), new Wish(event.key()));
        }));
        deliver(lane, heard("a", "e-1", 1), heard("a", "e-2", 2), heard("a", "e-1", 1));
        deliver(lane, heard("a", "e-2", 2));
        assertThat(told).containsExactly("a e-1 1 at 17", "a e-2 2 at 17");
        assertThat(books.sent).extracting(CommandEnvelope::key).containsExactly("a", "a");
    }

    @Test
    void letsOnlyTheKeyWaitWhoseHandlerThrowsAndSendsNothingOfIt() {
        triesToFail = 1;
        JobLane lane = lane(jobs -> jobs.onEvent(TOPIC, Happened.class, (run, event) -> {
            run.command(WISH, event.id(), new Wish(event.key()));
            if (event.key().equals("bad") && triesToFail-- > 0) {
                throw new NoClassDefFoundError("a/library/Forgotten");
            }
        }));
        assertThat(deliver(lane, heard("bad", "e-1", 1), heard("good", "e-2", 2), heard("bad", "e-3", 3)))
                .map(JobLaneTest::text)
                .containsExactly("threw job:mine: java.lang.NoClassDefFoundError: a/library/Forgotten", "", "behind");
        assertThat(books.sent).extracting(CommandEnvelope::key).containsExactly("good");
        deliver(lane, heard("bad", "e-1", 1), heard("bad", "e-3", 3));
        assertThat(books.sent)
                .extracting(command -> command.origin().requestId())
                .containsExactly("e-2", "e-1", "e-3");
    }

    @Test
    void reportsAFailedRunWithItsPlugin() {
        JobLane lane = lane(jobs -> jobs.registerJob("break", "Breaks.", 0, (_, _) -> {
            throw new java.io.IOException("no such file");
        }));
        assertThat(deliver(lane, run("admin:cli", "r-1", "mine.break")))
                .map(JobLaneTest::text)
                .containsExactly("threw job:mine: java.io.IOException: no such file");
        assertThat(books.runs).containsExactly("mine.break failed: java.io.IOException: no such file");
    }

    @Test
    void carriesARunOutAgainThatCouldNotBeNoted() {
        JobLane lane = lane(jobs -> jobs.registerJob("greet", "Greets.", 0, (run, _) -> {
            run.command(WISH, "wish-1", new Wish("all"));
            return "";
        }));
        books.away = true;
        assertThat(deliver(lane, run("admin:cli", "r-1", "mine.greet"))).isEmpty();
        assertThat(books.sent).isEmpty();
        books.away = false;
        assertThat(deliver(lane, run("admin:cli", "r-1", "mine.greet"))).hasSize(1);
        assertThat(books.sent).hasSize(1);
    }

    @Test
    void refusesPlayersAndUnknownJobsAndAnEventThatIsNotAsDeclared() {
        JobLane lane = lane(jobs -> jobs.onEvent(TOPIC, Happened.class, (_, _) -> {}));
        CommandEnvelope heard = heard("a", "e-1", 1);
        CommandEnvelope odd = new CommandEnvelope(
                heard.type(),
                1,
                "a",
                new CommandEnvelope.Origin(Heard.CLIENT, "e-2"),
                heard.trace(),
                "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(deliver(
                        lane,
                        run("character:00000000-0000-0000-0000-000000000001", "r-1", "mine.greet"),
                        run("admin:cli", "r-2", "mine.greet"),
                        odd))
                .map(JobLaneTest::text)
                .containsExactly("FORBIDDEN", "UNKNOWN_JOB", "INVALID_PAYLOAD");
        CommandEnvelope same = heard("a", "e-2", 1);
        assertThat(deliver(lane, same))
                .map(JobLaneTest::text)
                .as("another payload")
                .containsExactly("CONFLICT");
    }

    @Test
    void refusesWhatAPluginMayNotRegister() {
        assertThatThrownBy(() -> lane(jobs -> jobs.registerJob("No Name", "", 0, (_, _) -> "")))
                .hasMessageContaining("is no name of a job");
        assertThatThrownBy(() -> lane(jobs -> {
                    jobs.registerJob("twice", "", 0, (_, _) -> "");
                    jobs.registerJob("twice", "", 0, (_, _) -> "");
                }))
                .hasMessageContaining("mine.twice is registered twice");
        assertThatThrownBy(() -> lane(jobs -> {
                    jobs.onEvent(TOPIC, Happened.class, (_, _) -> {});
                    jobs.onEvent(TOPIC, Happened.class, (_, _) -> {});
                }))
                .hasMessageContaining("hears " + TOPIC + " twice");
        List<JobContext> kept = new ArrayList<>();
        lane(kept::add);
        assertThatThrownBy(() -> kept.getFirst().registerJob("late", "", 0, (_, _) -> ""))
                .hasMessageContaining("during configure only");
    }
}

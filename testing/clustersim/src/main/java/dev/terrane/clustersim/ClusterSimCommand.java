package dev.terrane.clustersim;

import dev.terrane.base.Clock;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./terrane sim --cluster}: one seed to look into, or thousands for a night. */
@Command(
        name = "sim --cluster",
        mixinStandardHelpOptions = true,
        description = "Simulates whole clusters from seeds and checks them: one by --seed, many by --seeds.",
        footer = {
            "",
            "A single seed tells its history to stdout. Progress and red seeds go to stderr, with the one command that"
                    + " repeats each; the summary goes to stdout.",
            "Exit codes: 0 all seeds are green, 1 some are red, 2 unusable options."
        })
public final class ClusterSimCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int RED = 1;
    private static final int SEEDS_DEFAULT = 100;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long TELL_NANOS = 5 * NANOS_PER_SECOND;
    private static final int REPEATED_EVERY = 50;

    @Spec
    private CommandSpec spec;

    /** The launcher looks at it. */
    @Option(names = "--cluster", description = "Says that clusters are simulated, not worlds alone.")
    void setCluster(@SuppressWarnings("unused") boolean isSaid) {}

    @Option(
            names = "--seed",
            paramLabel = "<seed>",
            description = "Plays this seed and tells its history; with --seeds, the first of many (default: 1).")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "<count>",
            description = "How many seeds to play (default: 1 with --seed, else 100).")
    private @Nullable Integer seeds;

    @Option(
            names = "--seconds",
            paramLabel = "<count>",
            description = "Simulated seconds of trouble (default: ${DEFAULT-VALUE}).")
    private int seconds = Plan.TROUBLE_SECONDS_DEFAULT;

    @Option(names = "--calm", description = "Nothing goes wrong.")
    private boolean calm;

    @Option(
            names = "--sabotage",
            paramLabel = "<bug>",
            description =
                    "Plants a bug, to see whether it is noticed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Sabotage sabotage = Sabotage.NONE;

    private final Clock clock = Clock.system();
    private final PrintStream out;
    private final PrintStream err;

    @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call
    ClusterSimCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(run(new ClusterSimCommand(System.out, System.err), args));
    }

    /** Returns the exit code. */
    static int run(ClusterSimCommand command, String... args) {
        return new CommandLine(command)
                .setOut(new PrintWriter(command.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(command.err, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    @Override
    public Integer call() {
        long first = seed == null ? 1 : seed;
        int count = seeds != null ? seeds : seed != null ? 1 : SEEDS_DEFAULT;
        if (count < 1 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seeds and --seconds begin at 1");
        }
        boolean telling = count == 1;
        Faults.listen(telling);
        long began = clock.nanos();
        long told = began;
        RunReport sum = RunReport.nothing();
        List<Plan> red = new ArrayList<>();
        for (long each = first; each < first + count; each++) {
            Plan plan = Plan.of(each, seconds, !calm);
            if (telling) {
                out.println(plan);
            }
            try {
                RunReport report = ClusterRun.of(plan, sabotage, line -> {
                    if (telling) {
                        out.println(line);
                    }
                });
                if (each % REPEATED_EVERY == 0
                        && ClusterRun.of(plan, sabotage, _ -> {}).hash() != report.hash()) {
                    throw new Violation("SameSeedSameHistory", 0, "the second run of this seed went another way");
                }
                sum = sum.plus(report);
            } catch (Violation found) {
                red.add(plan);
                err.println("seed " + each + " is red: " + found.getMessage() + "\n  repeat it by: " + plan.replay()
                        + (sabotage == Sabotage.NONE ? "" : " --sabotage " + sabotage));
                if (found.getCause() != null) {
                    found.getCause().printStackTrace(err);
                }
            }
            if (clock.nanos() - told > TELL_NANOS) {
                told = clock.nanos();
                err.printf(Locale.ROOT, "%d of %d seeds, %d red%n", each - first + 1, count, red.size());
            }
        }
        double took = (clock.nanos() - began) / (double) NANOS_PER_SECOND;
        out.printf(
                Locale.ROOT,
                "%d seeds from %d in %.1f s (%.1f seeds/s), %d red: %d faults, %d ticks, %d cells opened, %d messages,"
                        + " %d snapshots, %d payments, %d steps%n",
                count,
                first,
                took,
                count / took,
                red.size(),
                sum.faultCount(),
                sum.tickCount(),
                sum.openedCount(),
                sum.messageCount(),
                sum.snapshotCount(),
                sum.paymentCount(),
                sum.stepCount());
        return red.isEmpty() ? OK : RED;
    }
}

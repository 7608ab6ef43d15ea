package dev.terrane.simulation;

import dev.terrane.base.Clock;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./terrane sim}: one seed to look into, or thousands to look for trouble. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description = "Simulates whole worlds from seeds and checks them: one by --seed, many by --seeds.",
        footer = {
            "",
            "Progress and red seeds go to stderr, with the one command that repeats the first of them; the summary goes to stdout.",
            "Exit codes: 0 all seeds are green, 1 some are red, 2 unusable options."
        })
public final class SimCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int RED = 1;
    private static final int SEEDS_DEFAULT = 1000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "<seed>",
            description = "Plays this seed; with --seeds, the first of many (default: 1).")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "<count>",
            description = "How many seeds to play (default: 1 with --seed, else 1000).")
    private @Nullable Integer seeds;

    @Option(
            names = "--workload",
            paramLabel = "<name>",
            description = "What kinds of worlds to play: ${COMPLETION-CANDIDATES} (default: mixed, any of them).",
            converter = WorkloadName.class,
            completionCandidates = WorkloadName.class)
    private Workload workload = Workload.MIXED;

    @Option(
            names = "--ticks",
            paramLabel = "<count>",
            description = "Ticks of trouble before quiet (default: ${DEFAULT-VALUE}).")
    private int ticks = Plan.FAULT_TICKS_DEFAULT;

    @Option(names = "--trace", description = "Writes down what passes between cells and gateways; with a single seed.")
    private boolean trace;

    @Option(names = "--json", description = "Prints the summary as one JSON object.")
    private boolean json;

    private final Clock clock = Clock.system();
    private final PrintStream out;
    private final PrintStream err;
    private final Tamper tamper;

    /** @param tamper makes every road dishonest: for tests */
    @SuppressWarnings("NullAway.Init") // picocli sets the specification before the call
    SimCommand(PrintStream out, PrintStream err, Tamper tamper) {
        this.out = out;
        this.err = err;
        this.tamper = tamper;
    }

    public static void main(String[] args) {
        System.exit(run(new SimCommand(System.out, System.err, Tamper.HONEST), args));
    }

    /** Returns the exit code: 0 all seeds are green, 1 one is red, 2 unusable options. */
    static int run(SimCommand command, String... args) {
        return new CommandLine(command)
                .setOut(new PrintWriter(command.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(command.err, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    @Override
    public Integer call() {
        long first = seed == null ? 1 : seed;
        int count = seeds != null ? seeds : seed != null ? 1 : SEEDS_DEFAULT;
        if (count < 1 || ticks < 1) {
            throw new ParameterException(spec.commandLine(), "--seeds and --ticks begin at 1");
        }
        if (trace && count > 1) {
            throw new ParameterException(spec.commandLine(), "--trace is for a single seed: name it by --seed");
        }
        return play(first, count);
    }

    private int play(long first, int count) {
        long began = clock.nanos();
        long told = began;
        RunReport sum = RunReport.nothing();
        List<Plan> red = new ArrayList<>();
        for (long each = first; each < first + count; each++) {
            Plan plan = Plan.of(each, ticks, workload);
            try {
                sum = sum.plus(simulation(plan).play());
            } catch (Violation found) {
                red.add(plan);
                err.println("seed " + each + " is red: " + found.getMessage());
                if (found.getCause() != null) {
                    found.getCause().printStackTrace(err);
                }
            }
            if (clock.nanos() - told > NANOS_PER_SECOND) {
                told = clock.nanos();
                err.printf(Locale.ROOT, "%d of %d seeds, %d red%n", each - first + 1, count, red.size());
            }
        }
        double seconds = (clock.nanos() - began) / (double) NANOS_PER_SECOND;
        Series series = new Series(first, count, red.size(), seconds);
        out.println(json ? json(series, sum) : text(series, sum));
        if (red.isEmpty()) {
            return OK;
        }
        err.println((red.size() == 1 ? "repeat it by: " : "repeat the first by: ") + Violation.replay(red.getFirst()));
        return RED;
    }

    private Simulation simulation(Plan plan) {
        Simulation simulation = new Simulation(plan, tamper, false);
        if (trace) {
            err.println(plan);
            simulation.tracing(err::println);
        }
        return simulation;
    }

    private record Series(long first, int count, int red, double seconds) {}

    private static String text(Series series, RunReport sum) {
        return String.format(
                Locale.ROOT,
                "%d seeds from %d in %.1f s (%.1f seeds/s), %d red: %d ticks, %d hand-offs, %d splits, %d merges, %d restarts, %d drops, %d intents, %d ghosts, %d checks",
                series.count,
                series.first,
                series.seconds,
                series.count / series.seconds,
                series.red,
                sum.tickCount(),
                sum.handoffCount(),
                sum.splitCount(),
                sum.mergeCount(),
                sum.restartCount(),
                sum.dropCount(),
                sum.intentCount(),
                sum.ghostCount(),
                sum.checkCount());
    }

    private String json(Series series, RunReport sum) {
        return String.format(
                Locale.ROOT,
                "{\"workload\":\"%s\",\"seeds\":%d,\"from\":%d,\"red\":%d,\"seconds\":%.3f,\"seedsPerSecond\":%.2f,\"ticks\":%d,\"handoffs\":%d,\"splits\":%d,\"merges\":%d,\"restarts\":%d,\"drops\":%d,\"intents\":%d,\"ghosts\":%d,\"checks\":%d}",
                workload.word(),
                series.count,
                series.first,
                series.red,
                series.seconds,
                series.count / series.seconds,
                sum.tickCount(),
                sum.handoffCount(),
                sum.splitCount(),
                sum.mergeCount(),
                sum.restartCount(),
                sum.dropCount(),
                sum.intentCount(),
                sum.ghostCount(),
                sum.checkCount());
    }

    /** Workloads by their words. */
    static final class WorkloadName implements ITypeConverter<Workload>, Iterable<String> {
        @Override
        public Workload convert(String word) {
            for (Workload each : Workload.values()) {
                if (each.word().equals(word)) {
                    return each;
                }
            }
            throw new TypeConversionException(
                    "there is no workload '" + word + "', only " + String.join(", ", words()));
        }

        @Override
        public Iterator<String> iterator() {
            return words().iterator();
        }

        private static List<String> words() {
            return Arrays.stream(Workload.values()).map(Workload::word).toList();
        }
    }
}

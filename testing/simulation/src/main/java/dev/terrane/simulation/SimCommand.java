package dev.terrane.simulation;

import dev.terrane.base.Clock;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./terrane sim}: one seed to look into, or thousands to look for trouble. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description = "Simulates whole worlds from seeds and checks them: one by --seed, many by --seeds.")
public final class SimCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int RED = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Option(names = "--seed", description = "Plays this seed alone.")
    private long seed = -1;

    @Option(names = "--seeds", description = "How many seeds to play (default: ${DEFAULT-VALUE}).")
    private int seeds = 1000;

    @Option(names = "--from", description = "The first of them (default: ${DEFAULT-VALUE}).")
    private long from = 1;

    @Option(names = "--ticks", description = "Ticks of trouble before quiet (default: ${DEFAULT-VALUE}).")
    private int ticks = Plan.FAULT_TICKS_DEFAULT;

    @Option(names = "--trace", description = "Writes down what passes between cells and gateways; with --seed.")
    private boolean trace;

    @Option(names = "--json", description = "Prints the summary as one JSON object.")
    private boolean json;

    private final Clock clock = Clock.system();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    SimCommand() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new SimCommand()).execute(args));
    }

    @Override
    public Integer call() {
        return seed >= 0 ? one() : many();
    }

    private int one() {
        Plan plan = Plan.of(seed, ticks);
        Simulation simulation = new Simulation(plan, Tamper.HONEST, true);
        if (trace) {
            out.println(plan);
            simulation.tracing(out::println);
        }
        try {
            RunReport report = simulation.play();
            out.println(report);
            return OK;
        } catch (Violation found) {
            tell(seed, found);
            if (found.getCause() != null) {
                found.getCause().printStackTrace(err);
            }
            return RED;
        }
    }

    private void tell(long which, Violation found) {
        err.println("seed " + which + ": " + found.getMessage());
        err.println("repeat it by: " + Violation.replay(which, ticks));
    }

    private int many() {
        long began = clock.nanos();
        long told = began;
        int red = 0;
        RunReport sum = RunReport.nothing();
        for (long each = from; each < from + seeds; each++) {
            try {
                sum = sum.plus(new Simulation(Plan.of(each, ticks), Tamper.HONEST, false).play());
            } catch (Violation found) {
                red++;
                tell(each, found);
            }
            if (clock.nanos() - told > NANOS_PER_SECOND) {
                told = clock.nanos();
                err.printf(Locale.ROOT, "%d of %d seeds, %d red%n", each - from + 1, seeds, red);
            }
        }
        double seconds = (clock.nanos() - began) / (double) NANOS_PER_SECOND;
        out.println(json ? json(sum, red, seconds) : text(sum, red, seconds));
        return red == 0 ? OK : RED;
    }

    private String text(RunReport sum, int red, double seconds) {
        return String.format(
                Locale.ROOT,
                "%d seeds from %d in %.1f s (%.1f seeds/s), %d red: %d ticks, %d hand-offs, %d splits, %d merges, %d restarts, %d drops, %d intents, %d ghosts, %d checks",
                seeds,
                from,
                seconds,
                seeds / seconds,
                red,
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

    private String json(RunReport sum, int red, double seconds) {
        return String.format(
                Locale.ROOT,
                "{\"seeds\":%d,\"from\":%d,\"red\":%d,\"seconds\":%.3f,\"seedsPerSecond\":%.2f,\"ticks\":%d,\"handoffs\":%d,\"splits\":%d,\"merges\":%d,\"restarts\":%d,\"drops\":%d,\"intents\":%d,\"ghosts\":%d,\"checks\":%d}",
                seeds,
                from,
                red,
                seconds,
                seeds / seconds,
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
}

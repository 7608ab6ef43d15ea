package dev.terrane.simulation;

/** A rule does not hold. The message says which, where and when, and how to see it again. */
final class Violation extends RuntimeException {
    private final String checker;
    private final long tick;

    Violation(String checker, long tick, String what) {
        super(checker + ", tick " + tick + ": " + what);
        this.checker = checker;
        this.tick = tick;
    }

    /** Simple name of the class that noticed. */
    String checker() {
        return checker;
    }

    long tick() {
        return tick;
    }

    /** The command that repeats the run of a seed. */
    static String replay(Plan plan) {
        StringBuilder command = new StringBuilder("./terrane sim --seed ").append(plan.seed());
        if (plan.workload() != Workload.MIXED) {
            command.append(" --workload ").append(plan.workload().word());
        }
        if (plan.faultTicks() != Plan.FAULT_TICKS_DEFAULT) {
            command.append(" --ticks ").append(plan.faultTicks());
        }
        return command.toString();
    }
}

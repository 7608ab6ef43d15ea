package dev.terrane.server.jobs;

import dev.terrane.base.Clock;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.PayloadCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks for each scheduled job once per slot: time is cut into slots as long as the job's interval, the same on all nodes, and the slot names the run. A slot in which no process
 * lived is left out. Called by one thread at a time.
 */
public final class JobScheduler implements Runnable {
    private static final String CLIENT = "admin:schedule";

    private final List<Job> jobs;
    private final Clock clock;
    private final PayloadCodec codec;
    private final Consumer<CommandEnvelope> lane;
    private final Map<String, Long> lastSlots = new HashMap<>();

    public JobScheduler(List<Job> jobs, Clock clock, PayloadCodec codec, Consumer<CommandEnvelope> lane) {
        this.jobs = List.copyOf(jobs);
        this.clock = clock;
        this.codec = codec;
        this.lane = lane;
    }

    @Override
    public void run() {
        long nowMillis = clock.epochMillis();
        for (Job job : jobs) {
            if (job.everySeconds() > 0) {
                long slot = nowMillis / TimeUnit.SECONDS.toMillis(job.everySeconds());
                if (!Long.valueOf(slot).equals(lastSlots.put(job.name(), slot))) {
                    lane.accept(JobCommands.run(
                            CLIENT, job.name() + "@" + slot, new JobCommands.Run(job.name(), null), nowMillis, codec));
                }
            }
        }
    }
}

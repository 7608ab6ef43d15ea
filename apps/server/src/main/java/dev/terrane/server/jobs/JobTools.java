package dev.terrane.server.jobs;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.command.PayloadCodec;
import java.util.concurrent.Executor;

/**
 * What jobs need.
 *
 * @param workers has a thread for whatever comes: a lane gives each of its partitions one batch at a time, and no job waits until another's is done
 * @param world whose jobs they are, for metrics
 */
public record JobTools(
        JobBooks books, PayloadCodec codec, Executor workers, Clock clock, Meters meters, String world) {}

/**
 * Background jobs (R14): work that nobody waits for, by schedule or when somebody asks; and what plugins make follow from events (R11). A run is a durable command, so it has a lease,
 * is tried again when it fails, ends among the dead letters when it fails for good, and happens once per slot however many nodes schedule it.
 *
 * <pre>
 *   JobScheduler, ./terrane jobs run ─► lane "jobs", lanes "jobs-&lt;plugin&gt;" ─► JobReceiver ─► JobRuns ─► Job.work
 *   outboxes ─► EventPost ────────────► lanes "jobs-&lt;plugin&gt;" ───────────────► JobReceiver ─► EventHandler
 * </pre>
 *
 * <p>A run gathers what it sends ({@link dev.terrane.server.jobs.RunDraft}) and commits it with its outcome: once. Start reading at {@link dev.terrane.server.jobs.JobLane}.
 */
@NullMarked
package dev.terrane.server.jobs;

import org.jspecify.annotations.NullMarked;

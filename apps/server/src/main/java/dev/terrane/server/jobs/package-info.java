/**
 * Background jobs (R14): work that nobody waits for, by schedule or when somebody asks. A run is a durable command, so it has a lease, is tried again when it fails, ends among the dead
 * letters when it fails for good, and happens once per slot however many nodes schedule it.
 *
 * <pre>
 *   JobScheduler, ./terrane jobs run ─► lane "jobs" ─► JobReceiver ─► Job.Work
 * </pre>
 */
@NullMarked
package dev.terrane.server.jobs;

import org.jspecify.annotations.NullMarked;

/**
 * What every service that keeps its books in Postgres shares: batches in, one transaction each, answers out.
 *
 * <pre>
 *   deliver ─► waiting batches ─worker takes many─► BEGIN · service reads and locks · outcomes looked up · decides in memory
 *                                                   · writes · outcomes · outbox row · COMMIT ─► answers
 * </pre>
 *
 * <p>A service has its own schema, its own role that may touch nothing else, and its own pool. Effect, idempotency key, result and what is to be told to others are
 * committed together or not at all. Work is done on an executor that is passed in, at most {@link dev.terrane.postgres.service.ServiceReceiver.Options#workerCount}
 * transactions at a time. Start reading at {@link dev.terrane.postgres.service.ServiceReceiver}; a new service implements
 * {@link dev.terrane.postgres.service.Service}.
 */
@NullMarked
package dev.terrane.postgres.service;

import org.jspecify.annotations.NullMarked;

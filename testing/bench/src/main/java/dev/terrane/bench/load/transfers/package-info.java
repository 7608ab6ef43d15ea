/**
 * Durable transfers of money, over the whole lane and without it, beside what the same rows cost in raw SQL.
 *
 * <pre>
 *   offered load ─► lane writer ─append─► lane ─batches─► receiver of the economy ─► results
 *   floors: one transaction per transfer · sets of 200, without keys, refusals or results
 * </pre>
 *
 * <p>Everything, the database included, runs on this machine's cores, with fsync on. Start reading at {@link dev.terrane.bench.load.transfers.TransfersTrial}.
 */
@NullMarked
package dev.terrane.bench.load.transfers;

import org.jspecify.annotations.NullMarked;

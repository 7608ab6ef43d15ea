/**
 * Command lanes in Postgres: a log of segments per partition, a cursor and a lease beside it.
 *
 * <pre>
 *   append ─► lane_head (next offset, its lock is the order) ─► lane_segment: N commands in one row
 *   consumer ◄─ read by offset ── lane_segment        settle ─► lane_cursor (fence) + lane_answer, segments before the cursor go
 * </pre>
 *
 * <p>A command costs about a hundredth of a row. Appends are durable when they return; a settlement is not flushed unless it buries somebody: when it is lost in a crash, its commands are delivered once
 * more and their receivers find the recorded results. Leases run by the database's clock. Calls block; any thread that may wait can make them. Start reading at {@link dev.terrane.postgres.lane.PostgresLaneStore}
 * and the migration {@code V2__command_lanes.sql}.
 */
@NullMarked
package dev.terrane.postgres.lane;

import org.jspecify.annotations.NullMarked;

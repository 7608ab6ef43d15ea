/**
 * Durable commands: wishes that are carried out exactly once and answered exactly once, whatever dies in between.
 *
 * <pre>
 *   producer ─append─► lane (P partitions by key) ─one ordered batch each─► receiver: effect + key + result, at once
 *      ▲                                                                        │
 *      └──────────────── result, kept until acked ◄──settle─────────────────────┘
 * </pre>
 *
 * <p>Pure: no threads, no clock of its own, no database. Stores, threads and sockets are joined to it by the server:
 *
 * <pre>
 *   offers ─► LaneWriter ─Append─► LaneStore ◄─StoreCall─ LaneConsumer ─Deliver─► CommandReceiver
 *                     segments ──offered──────────────────►  │ └─Publish─► ResultDesk ─► clients
 * </pre>
 *
 * <p>{@link LaneWriter}, {@link LaneConsumer} and {@link ResultDesk} belong to one thread each at a time, take the time as an argument and never wait; calls of a {@link LaneStore} wait and belong on threads that may.
 * Start reading at {@link CommandEnvelope}, then {@link CommandReceiver}, then {@link LaneConsumer}.
 */
@NullMarked
package dev.terrane.command;

import org.jspecify.annotations.NullMarked;

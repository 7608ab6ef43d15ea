/**
 * Durable commands: wishes that are carried out exactly once and answered exactly once, whatever dies in between.
 *
 * <pre>
 *   producer ─append─► lane (P partitions by key) ─one ordered batch each─► receiver: effect + key + result, at once
 *      ▲                                                                        │
 *      └──────────────── result, kept until acked ◄──settle─────────────────────┘
 * </pre>
 *
 * <p>Pure: no threads, no clock of its own, no database. Stores, threads and sockets are joined to it by the server. Start reading at {@link CommandEnvelope}, then
 * {@link CommandReceiver}.
 */
@NullMarked
package dev.terrane.command;

import org.jspecify.annotations.NullMarked;

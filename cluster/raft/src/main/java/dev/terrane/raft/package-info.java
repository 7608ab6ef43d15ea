/**
 * Door to Apache Ratis: three coordinators agree on one order of entries, and each has its own copy of the state. The one room that knows Ratis.
 *
 * <pre>
 *   propose ─► Proposals ─► LeaderPath ─► Ratis, here or at the leader's ─► log of most ─► CoordinatorMachine ─► state
 *      ▲           ▲             │ outcome                                                      │ applied
 *      └─ answer ──┴─────────────┴──────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p><b>Threads.</b> Ratis applies entries on one thread; who reads shares its lock. Answers and listeners have a thread each. <b>Time</b>: elections and deadlines,
 * {@link dev.terrane.raft.RaftTimings}. <b>Errors</b>: a folder that cannot be trusted is a {@link dev.terrane.raft.CoordinatorLogException} at start, which names the file and
 * the way out; an entry that cannot be applied stops this coordinator. <b>Limits</b> are named constants where they hold. Ports are bound to the host that is given; with
 * {@link dev.terrane.raft.RaftTrust} both sides show a certificate, and only coordinators are let in. Start reading at {@link dev.terrane.raft.RaftCoordinatorLog}.
 */
@NullMarked
package dev.terrane.raft;

import org.jspecify.annotations.NullMarked;

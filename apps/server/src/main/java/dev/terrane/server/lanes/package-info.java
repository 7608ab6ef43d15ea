/**
 * The command lanes of this process: who hands a command in, who carries it out, and how its result finds back.
 *
 * <pre>
 *   players, REST, outboxes ─► CommandOffice ─► LaneLoop ─► receiver (cells, services)
 *            ▲                                     │
 *            └────────── Answers ◄─────────────────┘
 * </pre>
 *
 * <p>One thread per lane drives the machines of {@code dev.terrane.command}; whatever waits for the store runs on other threads. Start reading at {@link
 * dev.terrane.server.lanes.LaneLoop}.
 */
@NullMarked
package dev.terrane.server.lanes;

import org.jspecify.annotations.NullMarked;

/**
 * Durable commands across nodes: what a service node, a sim and a gateway node each do of the walk of a command.
 *
 * <pre>
 *   gateway: GatewayCommands ─► lane in Postgres ─► service: LaneLoop ─► services, or ClusterCells ─Deliver─► sim: SimCommands ─► cells
 *                 ▲                                                          │  ▲                                    │
 *                 └──────────────── Answers ◄────────────────────────────────┘  └───────── Delivered ────────────────┘
 * </pre>
 *
 * <p>What is said between nodes may be lost at any time; commands and results are in Postgres, and keys commit with effects (ADR 30, 47). The links' thread calls what hears: nothing here makes it wait. Start reading at {@link dev.terrane.server.services.ClusterCells}.
 */
@NullMarked
package dev.terrane.server.services;

import org.jspecify.annotations.NullMarked;

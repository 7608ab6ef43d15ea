/**
 * Standbys over links: what this node's cells consume goes to the nodes that follow them, and this node follows cells of others.
 *
 * <pre>
 *   tick ─► OwnStream (a tap) ─► StandbyStreams' thread ─► NodePost ═══► FollowedCells' threads ─► StandbyTwin
 *                ▲                                                              │ promoted: the cell, warm
 *                └──────────────── how far: what was held back may leave ◄──────┘
 * </pre>
 *
 * <p>Start reading at {@link dev.terrane.server.standby.StandbyStreams} and {@link dev.terrane.server.standby.FollowedCells}.
 */
@NullMarked
package dev.terrane.server.standby;

import org.jspecify.annotations.NullMarked;

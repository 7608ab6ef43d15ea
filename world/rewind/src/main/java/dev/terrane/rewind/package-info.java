/**
 * Where everybody was a moment ago, so that a shot can be judged by what its shooter saw.
 *
 * <pre>
 *   frame of tick   t-3   t-2   t-1    t         one row per entity (a track), columns x, y, yaw
 *   entity 7         ●─────●──▲──●─────●         ▲ asked for t-1.5: on the line between two frames
 *   entity 9         ●───────────●               left or died: its past stays until it is too old
 * </pre>
 *
 * <p>Called from one cell's tick. <b>Time</b> is the tick number, with fractions. <b>Errors:</b> none; what is not known is not there. <b>Limits:</b>
 * {@link dev.terrane.rewind.History#TRACK_COUNT_MAX} entities, {@link dev.terrane.rewind.HistoryLimits}. Nothing is allocated once the arrays have grown with the cell. Start reading at
 * {@link dev.terrane.rewind.History}.
 */
@NullMarked
package dev.terrane.rewind;

import org.jspecify.annotations.NullMarked;

/**
 * What is fair: judges how an avatar moved in a tick, and what its player's inputs say of time and fingers. It knows no cell and no game.
 *
 * <pre>
 *   Conduct of the game ─► MotionAudit.judge(before, after) ─► offences, and the motion put right
 *   each input taken    ─► PlayerConduct                    ─► offences, and the view that is believed
 * </pre>
 *
 * <p>Called from a cell's tick only; time is the tick number; nothing allocates. {@link dev.terrane.fairplay.MotionAudit} remembers nothing from tick to tick; {@link dev.terrane.fairplay.PlayerConduct} decides by what it
 * remembers, so it is part of a cell's running image. Points, reports and kicks are the gateway's.
 */
@NullMarked
package dev.terrane.fairplay;

import org.jspecify.annotations.NullMarked;

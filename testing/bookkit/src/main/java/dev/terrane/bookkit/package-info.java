/**
 * Trials for the books of services: commands by seed, naive models that say what must become of them, and whoever is tried as a function from commands to results.
 *
 * <pre>
 *   seed ─► script ─► commands ─┬─► the one on trial ──► results ─┐
 *                               └─► naive model ──► expectations ─┴─► the same?
 * </pre>
 *
 * <p>The same trial is run on the bare rules in memory and on the real receiver over a real database. Start reading at
 * {@link dev.terrane.bookkit.EconomyTrial}.
 */
@NullMarked
package dev.terrane.bookkit;

import org.jspecify.annotations.NullMarked;

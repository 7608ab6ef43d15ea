/**
 * What the same bytes cost without a game: the yardstick of crowd and roam. Start reading at {@link dev.terrane.bench.load.floor.Floor}.
 */
@NullMarked
package dev.terrane.bench.load.floor;

import org.jspecify.annotations.NullMarked;

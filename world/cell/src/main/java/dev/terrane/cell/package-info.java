/**
 * The single writer: one cell owns the entities of one region (or layer) and moves them forward, tick by tick.
 *
 * <pre>
 *   offer(CellInput), any thread ─► inbox ─► tick: inputs → systems by stage → hand-offs → slices → flush ─► CellOutput, hand-offs, images
 * </pre>
 *
 * <p><b>Threads.</b> {@code offer}, {@code requestImage} and the plain readings may be called by any thread; everything else by one thread
 * at a time, which need not always be the same. <b>Time.</b> No clock: the loop passes the tick number and the time it stands for.
 * <b>Errors.</b> A bug in a system kills this cell with {@link dev.terrane.cell.CellFailedException} and nothing else. <b>Limits.</b>
 * {@link dev.terrane.cell.CellSettings}. Start reading at {@link dev.terrane.cell.Cell}.
 */
@NullMarked
package dev.terrane.cell;

import org.jspecify.annotations.NullMarked;

/**
 * How many players a core carries, measured from outside: the real server in a process pinned to one core, bots in a process pinned to another, real sockets on
 * loopback, CPU time from the operating system. {@code docs/BENCHMARKS.md} says what the numbers mean.
 *
 * <pre>
 *   LoadCommands ─► Trial (one point: server, floor, server, floor …) ─► Point ─► Report (JSON or a table)
 *                     ├─ ServerProcess  apps/server with an arena of ours     core 0
 *                     ├─ FloorProcess   the same bytes without a game         core 0
 *                     └─ BotRun         bots.BotMain                          core 1
 * </pre>
 *
 * <p>Linux only. Start reading at {@link dev.terrane.bench.load.Trial}.
 */
@NullMarked
package dev.terrane.bench.load;

import org.jspecify.annotations.NullMarked;

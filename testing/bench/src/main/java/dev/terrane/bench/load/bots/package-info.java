/**
 * The other side of a load bench: thousands of players on one thread of a process of its own.
 *
 * <pre>
 *   BotMain ── BotSwarm (one selector loop) ──► BotConnection: upgrade, Hello, inputs ten times a second
 *                 │                                └─ FrameScanner ─► SnapshotHead; one in fifty: Decoder (the SDK's)
 *                 └── after the window: Findings, as lines of key=value
 * </pre>
 *
 * <p>Start reading at {@link dev.terrane.bench.load.bots.BotSwarm}.
 */
@NullMarked
package dev.terrane.bench.load.bots;

import org.jspecify.annotations.NullMarked;

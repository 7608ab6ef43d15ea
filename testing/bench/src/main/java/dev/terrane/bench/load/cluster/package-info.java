/**
 * What players see when a node of a cluster dies: a whole cluster of real processes on this machine, hurt on purpose.
 *
 * <pre>
 *   FailoverTrial ─┬─ Testbed    the cluster (server.cli.cluster), its map, its logs
 *                  ├─ Crew ─► RoamingBot ─► Diary: a Sighting per snapshot
 *                  └─ for each Blow: Seen.of(a player's sightings) ─► Findings
 * </pre>
 *
 * <p>Diary, Seen, Spread and Findings know no clock: they work on what they are given. Start reading at {@link dev.terrane.bench.load.cluster.FailoverTrial}.
 */
@NullMarked
package dev.terrane.bench.load.cluster;

import org.jspecify.annotations.NullMarked;

/**
 * What an operator may decide: one record per section, filled from defaults, a YAML file, the environment and flags, in this order.
 *
 * <pre>
 *   Key annotations ──► ConfigKeys ──► ConfigLoader ──► TerraneConfig + Origins
 *                           └────────► ConfigDocs (docs/CONFIG.md)
 * </pre>
 *
 * <p>The annotations are the one source of defaults, units, ranges and documentation. All mistakes are reported at once. Read at start, then immutable. This is the one
 * room that knows SmallRye Config.
 */
@NullMarked
package dev.terrane.server.config;

import org.jspecify.annotations.NullMarked;

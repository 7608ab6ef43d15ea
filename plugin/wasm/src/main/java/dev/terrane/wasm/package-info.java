/**
 * Movement rules in WebAssembly, on the JVM: the one room that knows Endive.
 *
 * <pre>
 *   bytes ──► RuleModule.load ──► checked against docs/RULES.md and the world's schema, compiled     once per world
 *                    │ start
 *                    ▼
 *   Table ──► RunningRule.step: columns in, the module's step, what differs back                     each tick, on the cell's writer
 * </pre>
 *
 * <p>No clock, no I/O, no chance: a module has no imports. Loading answers a module that is not as it must be with {@link RuleRefusedException}. Start
 * reading at {@link RuleModule}.
 */
@NullMarked
package dev.terrane.wasm;

import org.jspecify.annotations.NullMarked;

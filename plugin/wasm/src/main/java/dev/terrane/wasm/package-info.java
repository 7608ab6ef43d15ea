/**
 * Movement rules in worlds: binds the columns of a rule ({@code core/rule}) to the components of a world's entities.
 *
 * <pre>
 *   bytes ──► RuleModule.load ──► compiled, and checked against the world's schema     once per world
 *                    │ start
 *                    ▼
 *   Table ──► RunningRule.step: columns in, the module's step, what differs back       each tick, on the cell's writer
 * </pre>
 *
 * <p>No clock, no I/O, no chance. Loading answers a module that is not as it must be with {@link dev.terrane.rule.RuleRefusedException}. Start
 * reading at {@link RuleModule}.
 */
@NullMarked
package dev.terrane.wasm;

import org.jspecify.annotations.NullMarked;

/**
 * Movement rules in WebAssembly, on the JVM: the one room that knows Endive. Servers bind a rule to the columns of their world, clients to what they are
 * told of the own avatar; both run the same instance here.
 *
 * <pre>
 *   bytes ──► CompiledRule.load ──► checked against docs/RULES.md, compiled       once per module
 *                    │ start
 *                    ▼
 *             RuleInstance: columns in, the module's step or bounce, columns out  one owner
 * </pre>
 *
 * <p>No clock, no I/O, no chance: a module has no imports. Loading answers a module that is not as it must be with {@link RuleRefusedException}. Start
 * reading at {@link CompiledRule}.
 */
@NullMarked
package dev.terrane.rule;

import org.jspecify.annotations.NullMarked;

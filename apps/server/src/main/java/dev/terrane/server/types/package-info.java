/**
 * What clients may know of a world's types, and client code made of it.
 *
 * <pre>
 *   plugins ──► WorldTypes (JSON) ──► GET /worlds/NAME/schema ──► TypeScriptModule ──► one .ts file
 *                    └──────────────────── from a jar ─────────────────┘
 * </pre>
 *
 * <p>Deterministic: the same plugins give the same bytes. Any thread; nothing is kept.
 */
@NullMarked
package dev.terrane.server.types;

import org.jspecify.annotations.NullMarked;

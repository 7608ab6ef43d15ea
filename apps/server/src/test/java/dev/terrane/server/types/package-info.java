/** Tests of the types that clients are told. */
@NullMarked
package dev.terrane.server.types;

import org.jspecify.annotations.NullMarked;

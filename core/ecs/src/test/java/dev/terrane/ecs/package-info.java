/** Tests of the entity store. {@link dev.terrane.ecs.EntityStoreModelTest} is the broad one; the others name single promises. */
@NullMarked
package dev.terrane.ecs;

import org.jspecify.annotations.NullMarked;

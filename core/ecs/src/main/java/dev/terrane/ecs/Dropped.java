package dev.terrane.ecs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names of fields that earlier versions of this component had, and whose values nobody wants any more. Without it a state that has them is refused: a forgotten
 * {@link Formerly} must not cost what was in them. Keep the names for as long as such a state may come back.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Dropped {
    /** As the fields were called. */
    String[] value();
}

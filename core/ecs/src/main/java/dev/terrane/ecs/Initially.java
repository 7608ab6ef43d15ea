package dev.terrane.ecs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a field in states that were written before it was there. Without it, such a field is 0, false or the empty text.
 *
 * <p>It plays no part for entities that are spawned: their values come with the record.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Initially {
    /** As it is written in Java: {@code "100"}, {@code "0.5"}, {@code "true"}; a text as it is. */
    String value();
}

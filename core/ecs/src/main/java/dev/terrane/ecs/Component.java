package dev.terrane.ecs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a record as a component (or as an event) on the wire and in checkpoints. Allowed field types: {@code float}, {@code int},
 * {@code long}, {@code boolean}, {@code String} (at most 255 bytes of UTF-8).
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Component {
    /** Stable name, {@code a-z 0-9 . -}, unique in the world: {@code kit.position}. */
    String value();

    /**
     * Raised when values change their meaning: states of another version are refused, see {@link #readsFrom}. Fields that come, go or are called otherwise
     * need no other version: see {@link Formerly} and {@link Initially}.
     */
    int version() default 1;

    /** The lowest version whose values still mean the same; 0: this version's only. */
    int readsFrom() default 0;
}

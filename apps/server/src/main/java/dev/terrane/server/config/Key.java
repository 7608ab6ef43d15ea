package dev.terrane.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes one config key: the component of a section's record. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Key {
    /** What it decides, for the operator. */
    String doc();

    /** The default, as it would stand in the file; lists are separated by commas. */
    String fallback();

    /** Unit of a number, for example {@code metres}; empty for plain counts and texts. */
    String unit() default "";

    double min() default Double.NEGATIVE_INFINITY;

    double max() default Double.POSITIVE_INFINITY;

    /** Allowed values of a text; empty allows any. */
    String[] oneOf() default {};
}

package dev.terrane.ecs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names that a component (see {@link Component#value}) or a field had in earlier versions: states that were written under one of them are read as this
 * one. Keep them for as long as such a state may come back.
 */
@Documented
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Formerly {
    /** The first that a state has counts; the present name counts before all of them. */
    String[] value();
}

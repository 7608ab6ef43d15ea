package dev.terrane.ecs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says who gets a component that is new: in states that were written before it was there, every entity that has the other one. Its fields are then as
 * {@link Initially} says. Without it, nobody gets it.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface GivenTo {
    /** Another component of the same world. */
    Class<? extends Record> value();
}

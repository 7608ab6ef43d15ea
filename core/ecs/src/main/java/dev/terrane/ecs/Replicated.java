package dev.terrane.ecs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a field of a component that clients see. A field without it never leaves the server. */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Replicated {
    /**
     * {@link Audience#SQUAD} and {@link Audience#TEAM} go by the entity's {@code kit.allegiance}. What of a component others are told, all of it is for the same
     * audience: fields of another one belong into a component of their own. Fields for the owner may stand anywhere.
     */
    Audience to() default Audience.ALL;

    /**
     * The grid on which a float is sent, in the field's own unit: 1/64 sends metres in steps of 1.6 cm as small whole numbers. 0
     * sends all 32 bits whenever they change. Other types ignore it.
     */
    float step() default 0;
}

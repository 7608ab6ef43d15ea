package dev.terrane.plugin.kit;

import java.util.List;

/** The components of every world. */
public final class Kit {
    public static final List<Class<? extends Record>> COMPONENTS = List.of(
            Identity.class,
            Position.class,
            Heading.class,
            Velocity.class,
            Controls.class,
            Nameplate.class,
            Avatar.class,
            Allegiance.class,
            Veiled.class);

    private Kit() {}
}

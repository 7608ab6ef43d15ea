package dev.terrane.ghosts;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.plugin.kit.Allegiance;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Veiled;
import java.util.ArrayList;
import java.util.List;

/** Which components a ghost has, and in which order their fields travel. Immutable. */
public final class GhostShape {
    /** A set of a ghost's fields is a {@code long}. */
    static final int FIELDS_MAX = 64;

    final Schema schema;
    final ComponentType<Identity> identity;
    final ComponentType<Position> position;
    final Field id;
    final Field ownership;
    final Field arrivedTick;
    final Field x;
    final Field y;
    private final long travelling;
    private final long identityBit;

    /** @param also bits of the components that travel although clients see nothing of them */
    public GhostShape(Schema schema, long also) {
        this.schema = schema;
        this.identity = schema.type(Identity.class);
        this.position = schema.type(Position.class);
        this.id = identity.field("id");
        this.ownership = identity.field("ownership");
        this.arrivedTick = identity.field("arrivedTick");
        this.x = position.field("x");
        this.y = position.field("y");
        this.identityBit = 1L << identity.id();
        // Without these no game could tell whom the entities here must not notice.
        long mask = also
                | 1L << schema.type(Allegiance.class).id()
                | 1L << schema.type(Veiled.class).id();
        for (ComponentType<?> type : schema.components()) {
            if (type.fields().stream().anyMatch(field -> field.audience() == Audience.ALL)) {
                mask |= 1L << type.id();
            }
        }
        this.travelling = mask & ~identityBit;
    }

    /** The components that travel of an entity with these; {@code Identity} travels in another way. */
    long travelling(long componentMask) {
        return componentMask & travelling;
    }

    /** The components that its ghost has. */
    long ghostMask(long componentMask) {
        return travelling(componentMask) | identityBit;
    }

    /** Whether entities with these components can be seen at all: somebody, somewhere. */
    boolean visible(long componentMask) {
        long needed = identityBit | 1L << position.id();
        return (componentMask & needed) == needed;
    }

    /** @throws IllegalStateException if there are more than a set of fields can name */
    List<Field> fields(long travellingMask) {
        List<Field> fields = new ArrayList<>();
        for (ComponentType<?> type : schema.components()) {
            if ((travellingMask & 1L << type.id()) != 0) {
                fields.addAll(type.fields());
            }
        }
        if (fields.size() > FIELDS_MAX) {
            throw new IllegalStateException("a ghost would have " + fields.size() + " fields, " + FIELDS_MAX
                    + " are allowed; let fewer components be seen by clients or named by ghosted()");
        }
        return fields;
    }
}

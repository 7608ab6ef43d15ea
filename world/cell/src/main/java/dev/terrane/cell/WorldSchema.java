package dev.terrane.cell;

import dev.terrane.ecs.Schema;
import dev.terrane.ecs.SchemaHistory;
import dev.terrane.interest.WireSchemas;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.protocol.client.WireSchema;
import dev.terrane.wasm.RuleModule;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All records of a world, kit first, then each plugin's: as the cells store them and as clients know them; and the rule by which both move them. Built
 * once per world; immutable; any thread may read it.
 *
 * @param components of entities
 * @param events record types that systems may emit, described like components; the index is the event's number
 * @param wire the replicated fields of both, for Welcome
 * @param ghosted bits of the components that other cells see although clients do not
 * @param remembered bits of the components whose entities cells remember the places of
 * @param past schemas that images may have been written under
 * @param rule how avatars move; null where clients do not know
 */
public record WorldSchema(
        Schema components,
        Schema events,
        WireSchema wire,
        long ghosted,
        long remembered,
        SchemaHistory past,
        @Nullable RuleModule rule) {

    /** @throws IllegalArgumentException naming the record that cannot be a component or event, or is declared twice; or what is wrong with the movement rule */
    public static WorldSchema of(List<WorldPlugin> plugins) {
        List<Class<? extends Record>> components = new ArrayList<>(Kit.COMPONENTS);
        List<Class<? extends Record>> events = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        for (WorldPlugin plugin : plugins) {
            components.addAll(plugin.components());
            events.addAll(plugin.events());
            dropped.addAll(plugin.droppedComponents());
        }
        if (events.size() > WireSchema.EVENT_COUNT_MAX) {
            throw new IllegalArgumentException("the plugins declare " + events.size()
                    + " events, but a world has room for " + WireSchema.EVENT_COUNT_MAX);
        }
        Schema componentSchema = Schema.of(components);
        Schema eventSchema = Schema.of(events);
        long ghosted = 0;
        long remembered = 0;
        for (WorldPlugin plugin : plugins) {
            ghosted |= bits(plugin.ghosted(), componentSchema);
            remembered |= bits(plugin.remembered(), componentSchema);
        }
        return new WorldSchema(
                componentSchema,
                eventSchema,
                WireSchemas.of(componentSchema, eventSchema),
                ghosted,
                remembered,
                new SchemaHistory(componentSchema, dropped, new TreeMap<>()),
                rule(plugins, componentSchema));
    }

    private static long bits(List<Class<? extends Record>> components, Schema schema) {
        long bits = 0;
        for (Class<? extends Record> component : components) {
            bits |= 1L << schema.type(component).id();
        }
        return bits;
    }

    private static @Nullable RuleModule rule(List<WorldPlugin> plugins, Schema components) {
        WorldPlugin owner = null;
        RuleModule rule = null;
        for (WorldPlugin plugin : plugins) {
            byte[] module = plugin.movementRule();
            if (module != null && owner != null) {
                throw new IllegalArgumentException("plugin " + plugin.name()
                        + " has a movement rule, and so has plugin " + owner.name() + "; a world has one at most");
            }
            if (module != null) {
                owner = plugin;
                rule = RuleModule.load("plugin " + plugin.name(), module, components);
            }
        }
        return rule;
    }

    /** The same, able to read what was written under schemas that are described so. @param descriptions see {@link Schema#describe}, by fingerprint */
    public WorldSchema remembering(SortedMap<Long, byte[]> descriptions) {
        return new WorldSchema(components, events, wire, ghosted, remembered, past.with(descriptions), rule);
    }
}

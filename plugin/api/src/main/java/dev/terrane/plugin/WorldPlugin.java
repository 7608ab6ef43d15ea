package dev.terrane.plugin;

import dev.terrane.command.CommandType;
import dev.terrane.command.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A game, or a part of one. A fresh instance serves each cell, made by its public constructor without arguments.
 *
 * <p>Found by {@link java.util.ServiceLoader} under its {@link #name}, or by its class name in the modules file.
 */
public interface WorldPlugin {
    /** {@code a-z 0-9 -}; what the config's modules call it. */
    String name();

    /** The records this game uses as components, in a fixed order; those of {@link dev.terrane.plugin.kit} are always there. */
    List<Class<? extends Record>> components();

    /**
     * Names of components that earlier versions of the world had, in this module or in one that is gone, and that nobody wants any more. A state with a component
     * that neither lives on nor is named here is refused, so that no module can be forgotten.
     */
    default List<String> droppedComponents() {
        return List.of();
    }

    /** The records this game emits as events, in a fixed order. At most 64. */
    List<Class<? extends Record>> events();

    /** The records this game uses as intents, in a fixed order. At most 64. */
    default List<Class<? extends Record>> intents() {
        return List.of();
    }

    /** The durable commands that cells of this game carry out. Their keys are those of {@link dev.terrane.command.CellKey}. */
    default List<CommandType<?>> commands() {
        return List.of();
    }

    /** The durable events of this game that players hear of, for whoever writes clients: {@code GET /api/v1/worlds/NAME/schema}, {@code ./terrane generate}. */
    default List<EventType> durableEvents() {
        return List.of();
    }

    /**
     * What the buttons of {@link dev.terrane.plugin.kit.Controls} are called, from the lowest bit on: {@code UPPER_SNAKE}, at most 32, no name twice in a world;
     * empty for a bit that is not used. For whoever writes clients.
     */
    default List<String> buttons() {
        return List.of();
    }

    /** Topics of events that are each the whole newest state of their key, with a rising {@code version}: kept as documents for readers. */
    default List<String> documents() {
        return List.of();
    }

    /** Topics of events of which every one is kept for readers. */
    default List<String> journals() {
        return List.of();
    }

    /** Components that other cells need to see of a ghost, beyond those that clients see: what a hit or a collision depends on. */
    default List<Class<? extends Record>> ghosted() {
        return List.of();
    }

    /** Components whose entities {@link CellContext#past} knows, here and as ghosts: what a shot can meet. Ghosts only by components that other cells see. None: nothing is remembered. */
    default List<Class<? extends Record>> remembered() {
        return List.of();
    }

    /**
     * How avatars move, as a WebAssembly module (docs/RULES.md says what it has to be): run by {@link WorldContext#movementRule} here, and by clients to go
     * ahead of the server. At most one plugin of a world has one; null for none.
     */
    default byte @Nullable [] movementRule() {
        return null;
    }

    /** The limits of fair play; at most one plugin of a world has them. Null: how avatars move is not looked at, and presses are not counted. */
    default @Nullable Conduct conduct() {
        return null;
    }

    /** Called once for each cell before its first tick. */
    void configure(WorldContext world);

    /** Where a character enters the world. Called on any thread; must depend on its arguments only. */
    WorldPosition entrance(WorldMap map, long characterSeed);
}

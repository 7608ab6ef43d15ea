package dev.terrane.games.skirmish.chat;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import java.util.List;
import java.util.Optional;

/**
 * Lets a player say a line to all who see the place where he is. A client sends it as the game message {@link #MESSAGE}, its payload UTF-8; what others
 * hear is {@link Said}. Who is hidden and speaks is heard.
 */
public final class Chat {
    public static final int MESSAGE = 91;
    public static final List<Class<? extends Record>> COMPONENTS = List.of(Voice.class);
    public static final List<Class<? extends Record>> EVENTS = List.of(Said.class, Unsaid.class);

    private final EntityStore entities;
    private final ComponentType<Voice> voice;
    private final ComponentType<Position> position;
    private final ComponentType<Nameplate> nameplate;

    private Chat(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.voice = schema.type(Voice.class);
        this.position = schema.type(Position.class);
        this.nameplate = schema.type(Nameplate.class);
    }

    public static void configure(WorldContext world) {
        world.onMessage(MESSAGE, new Chat(world.entities())::hear);
    }

    private void hear(CellContext cell, long avatar, byte[] typed) {
        Voice now = (entities.has(avatar, voice) ? entities.get(avatar, voice) : Voice.fresh(cell.tick()))
                .at(cell.tick(), cell.dtSeconds());
        if (!now.mayTalk()) {
            if (!now.told()) {
                cell.tell(avatar, new Unsaid(Unsaid.TOO_FAST));
            }
            keep(avatar, now.warned());
            return;
        }
        keep(avatar, now.used());
        Optional<String> text = ChatText.of(typed);
        if (text.isEmpty()) {
            cell.tell(avatar, new Unsaid(Unsaid.NO_LINE));
            return;
        }
        Position at = entities.get(avatar, position);
        String name = entities.get(avatar, nameplate).name();
        cell.emit(new Said(cell.idOf(avatar), name, text.get()), at.x(), at.y());
    }

    /** Ships of a world that is older than its chat have no voice yet. */
    private void keep(long avatar, Voice now) {
        if (entities.has(avatar, voice)) {
            entities.set(avatar, voice, now);
        } else {
            entities.attach(avatar, now);
        }
    }
}

package dev.terrane.server.services;

import dev.terrane.base.WorldId;
import dev.terrane.command.CommandType;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;

/**
 * What a game says of its world beside what happens in cells.
 *
 * @param commands durable ones, that cells carry out
 * @param documents topics of which readers want the newest document of each key
 * @param journals topics of which readers want every event
 */
public record WorldTerms(
        WorldId world,
        Partition partition,
        List<CommandType<?>> commands,
        List<String> documents,
        List<String> journals) {
    public static WorldTerms of(WorldId world, Partition partition, List<PluginSource> plugins) {
        List<CommandType<?>> commands = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        List<String> journals = new ArrayList<>();
        for (PluginSource source : plugins) {
            WorldPlugin plugin = source.fresh().get();
            commands.addAll(plugin.commands());
            documents.addAll(plugin.documents());
            journals.addAll(plugin.journals());
        }
        return new WorldTerms(world, partition, commands, documents, journals);
    }
}

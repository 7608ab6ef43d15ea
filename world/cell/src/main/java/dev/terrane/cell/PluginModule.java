package dev.terrane.cell;

import dev.terrane.plugin.WorldPlugin;
import java.util.Map;

/**
 * A plugin instance for one cell.
 *
 * @param options of its entry in the modules file
 */
public record PluginModule(WorldPlugin plugin, Map<String, String> options) {}

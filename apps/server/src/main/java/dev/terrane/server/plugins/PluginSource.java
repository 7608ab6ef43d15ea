package dev.terrane.server.plugins;

import dev.terrane.plugin.WorldPlugin;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A plugin that can be made anew for each cell.
 *
 * @param fresh gives an instance that nobody else has
 */
public record PluginSource(String name, Supplier<WorldPlugin> fresh, Map<String, String> options) {}

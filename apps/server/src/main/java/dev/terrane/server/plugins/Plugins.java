package dev.terrane.server.plugins;

import java.util.List;

/**
 * All that is to be run.
 *
 * @param worlds the game first
 * @param jobs what works in the background
 */
public record Plugins(List<PluginSource> worlds, List<JobSource> jobs) {}

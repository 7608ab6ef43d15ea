package dev.terrane.server.plugins;

import dev.terrane.plugin.JobPlugin;
import dev.terrane.server.jobs.JobLane;
import dev.terrane.server.jobs.JobTools;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A plugin that works in the background.
 *
 * @param name of its module
 * @param fresh gives an instance that nobody else has
 */
public record JobSource(String name, Supplier<JobPlugin> fresh, Map<String, String> options) {
    /** @throws PluginException if it registers what cannot be */
    public JobLane lane(JobTools tools) {
        try {
            return JobLane.of(name, fresh.get(), options, tools);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new PluginException("module '%s': its jobs cannot be set up: %s".formatted(name, e.getMessage()), e);
        }
    }
}

package dev.terrane.plugin;

/**
 * The side of a plugin that works in the background (R11): jobs by schedule and on demand, and whatever has to follow from events. A module of target {@code job} or {@code all} brings
 * one; a game may be its own ({@code implements WorldPlugin, JobPlugin}).
 *
 * <p>One instance per server, made by its public constructor without arguments. Found by {@link java.util.ServiceLoader} under its {@link #name}, or by its class name in the
 * modules file.
 */
public interface JobPlugin {
    /** As of a {@link WorldPlugin}: what the config's modules call it. */
    String name();

    /** Called once, before anything runs. */
    void configure(JobContext jobs);
}

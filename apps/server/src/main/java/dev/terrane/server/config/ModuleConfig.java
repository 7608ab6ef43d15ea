package dev.terrane.server.config;

import java.util.Map;

/**
 * A plugin to load (R11, R12).
 *
 * @param entry a class on the class path, a jar file (relative ones against the file that names it), or a Maven coordinate
 * @param target gateway, world, job or all
 */
public record ModuleConfig(String name, String entry, String target, Map<String, String> options) {}

package dev.terrane.server.config;

import java.util.List;

/** Writes docs/CONFIG.md from the keys' annotations. */
public final class ConfigDocs {
    private ConfigDocs() {}

    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Made from the annotations in `apps/server` by `./terrane config --docs`; a test keeps it true.

                A value comes from the first of these that has one: a flag of the command line, an environment variable, the YAML file given by
                `--config`, the default. `./terrane config` prints the effective values and where each came from.

                ```yaml
                server:
                  port: 9000
                world:
                  partition: strip;count=4;width=512;depth=1024
                modules:
                  - name: skirmish
                    entry: dev.terrane.games.skirmish.Skirmish
                    target: all
                    options: { dronesPerRegion: 12 }
                ```

                `modules` may also stand in a file of its own, JSON or YAML, named by `TERRANE_MODULES_CONFIG_FILE`: an array, or an object with the array
                `modules`. Relative entries are resolved against that file.
                """);
        String section = "";
        for (ConfigKeys.Entry entry : ConfigKeys.all()) {
            String name = entry.section().replaceAll("\\..*", "");
            if (!name.equals(section)) {
                section = name;
                page.append("\n## ")
                        .append(section)
                        .append("\n\n| key | default | unit, range | what it decides |\n|---|---|---|---|\n");
            }
            page.append("| `%s`<br>`%s` | %s | %s | %s |%n"
                    .formatted(
                            entry.path(),
                            entry.variable(),
                            fallback(entry),
                            range(entry),
                            entry.key().doc().replace("<", "&lt;")));
        }
        return page.toString().replace("\r", "");
    }

    private static String fallback(ConfigKeys.Entry entry) {
        if (entry.type() == Secret.class && !entry.key().fallback().isEmpty()) {
            return "a built-in one for development";
        }
        return entry.key().fallback().isEmpty() ? "(empty)" : "`" + entry.key().fallback() + "`";
    }

    private static String range(ConfigKeys.Entry entry) {
        if (entry.key().oneOf().length > 0) {
            return String.join(", ", List.of(entry.key().oneOf()));
        }
        if (entry.type() == int.class || entry.type() == double.class) {
            return ValueParser.range(entry.key());
        }
        return entry.type() == boolean.class ? "true, false" : entry.type() == List.class ? "list" : "text";
    }
}

package dev.terrane.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Switches that an operator turns while the server runs: the file of {@code flags.path}. {@link #refresh} is called by one job thread; any thread may ask.
 *
 * <p>A file that cannot be read or says nonsense changes nothing and is reported once per change.
 */
public final class Switches {
    private static final Logger LOG = LoggerFactory.getLogger(Switches.class);

    private final @Nullable Path file;
    private @Nullable FileTime seen;
    private boolean missing;
    private volatile boolean joins = true;

    private Switches(@Nullable Path file) {
        this.file = file;
    }

    /** Reads the file once, if one is configured. */
    public static Switches of(TerraneConfig.Flags flags) {
        Switches switches = new Switches(flags.path().isEmpty() ? null : Path.of(flags.path()));
        switches.refresh();
        return switches;
    }

    /** Whether newcomers are let in. */
    public boolean joins() {
        return joins;
    }

    /** Reads the file again if it has changed. */
    public void refresh() {
        if (file == null) {
            return;
        }
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            missing = false;
            if (changed.equals(seen)) {
                return;
            }
            seen = changed;
            read(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)));
        } catch (IOException e) {
            if (!missing) {
                missing = true; // once, not every second
                seen = null;
                LOG.atError().addKeyValue("file", file).log("flags stay as they were, the file cannot be read: {}", e);
            }
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("file", file).log("flags stay as they were: {}", e.getMessage());
        }
    }

    private void read(@Nullable Object root) {
        if (!(root instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("the file must hold one object, for example 'joins: false'");
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!"joins".equals(entry.getKey()) || !(entry.getValue() instanceof Boolean)) {
                throw new IllegalArgumentException("'" + entry.getKey() + ": " + entry.getValue()
                        + "' is no switch; there is 'joins: true|false'");
            }
        }
        boolean wanted = !Boolean.FALSE.equals(map.get("joins"));
        if (wanted != joins) {
            LOG.atInfo().addKeyValue("file", file).log("joins are {} now", wanted ? "open" : "closed");
        }
        joins = wanted;
    }
}

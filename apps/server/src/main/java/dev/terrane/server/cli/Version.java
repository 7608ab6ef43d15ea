package dev.terrane.server.cli;

import dev.terrane.server.ServerVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "terrane " + ServerVersion.TEXT + " (Java " + Runtime.version().feature() + ")"
        };
    }
}

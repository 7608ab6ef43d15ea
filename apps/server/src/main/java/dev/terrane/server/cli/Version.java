package dev.terrane.server.cli;

import dev.terrane.coordinator.Release;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "terrane " + Release.OWN + " (Java " + Runtime.version().feature() + ")"
        };
    }
}

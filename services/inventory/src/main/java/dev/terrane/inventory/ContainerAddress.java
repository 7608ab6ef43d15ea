package dev.terrane.inventory;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container is called: {@code owner/kind}, or {@code owner/kind/name} for one more of the same kind.
 *
 * @param owner a client id: {@code character:…}, {@code service:…}, {@code cell:…}, {@code admin:…}
 * @param name empty for the owner's first
 */
public record ContainerAddress(String owner, String kind, String name) {
    private static final Pattern FORM = Pattern.compile(
            "((?:character|service|cell|admin):[A-Za-z0-9][A-Za-z0-9_.:@-]{0,71})/([a-z][a-z0-9]{0,15})(?:/([a-z0-9][a-z0-9-]{0,23}))?");

    /** Empty: it has not this form. */
    public static Optional<ContainerAddress> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(3);
        return Optional.of(new ContainerAddress(matcher.group(1), matcher.group(2), name == null ? "" : name));
    }

    /** The owner's first of a kind. */
    public static String of(String owner, String kind) {
        return owner + "/" + kind;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? of(owner, kind) : of(owner, kind) + "/" + name;
    }
}

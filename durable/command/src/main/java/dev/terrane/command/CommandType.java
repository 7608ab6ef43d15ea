package dev.terrane.command;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of command and what its payload holds (H5). Two versions of one name are two types: a receiver may know both.
 *
 * <p>Within a version a payload may gain optional fields: who does not know them ignores them.
 *
 * @param name {@code cmd.<receiver>.<verb>}, at most 64 characters
 * @param version from 1
 * @param payload the record that the payload is read into
 * @param keyRule says what the command is about: commands with one key are carried out in order
 * @param answer what is answered when it was carried out; null: nothing, or nothing that is declared
 */
public record CommandType<P extends Record>(
        String name,
        int version,
        Class<P> payload,
        KeyRule<P> keyRule,
        @Nullable Class<? extends Record> answer) {
    static final String PREFIX = "cmd.";
    private static final Pattern NAME = Pattern.compile("cmd\\.[a-z][a-z0-9-]*\\.[a-z][a-z0-9.-]*");
    private static final int NAME_CHARS_MAX = 64;

    public CommandType {
        if (name.length() > NAME_CHARS_MAX || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a command; write cmd.<receiver>.<verb>, in small letters, at most "
                            + NAME_CHARS_MAX + " characters");
        }
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + " of " + name + ": versions begin at 1");
        }
    }

    /** One whose answer is not declared. */
    public CommandType(String name, int version, Class<P> payload, KeyRule<P> keyRule) {
        this(name, version, payload, keyRule, null);
    }

    /** The same, with what is answered to it, for whoever writes clients. */
    public CommandType<P> answering(Class<? extends Record> declared) {
        return new CommandType<>(name, version, payload, keyRule, declared);
    }

    /** Who carries it out: the second word of its name. */
    public String receiver() {
        return name.substring(PREFIX.length(), name.indexOf('.', PREFIX.length()));
    }

    /** From a payload to the key. A client never chooses the key itself. */
    @FunctionalInterface
    public interface KeyRule<P extends Record> {
        /** @param clientId who asks */
        String keyOf(P payload, String clientId);
    }

    @Override
    public String toString() {
        return name + " v" + version;
    }
}

package dev.terrane.server.wire;

import dev.terrane.base.NodeId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A coordinator as {@code cluster.coordinators} names it: {@code name=host:port:logPort}.
 *
 * @param port of its links
 * @param logPort where the other coordinators reach its log
 */
public record CoordinatorAddress(NodeId node, String host, int port, int logPort) {
    private static final Pattern FORM = Pattern.compile("([^=]+)=([^:]+|\\[.+]):(\\d{1,5}):(\\d{1,5})");
    private static final int PORT_MAX = 65_535;

    /** @throws IllegalArgumentException if it is of another form; the message is for whoever wrote it */
    public static CoordinatorAddress parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("coordinator '" + text + "' must be name=host:port:logPort");
        }
        return new CoordinatorAddress(
                new NodeId(parts.group(1)), parts.group(2), port(text, parts.group(3)), port(text, parts.group(4)));
    }

    /** @throws IllegalArgumentException if one is of another form, or two have the same name */
    public static List<CoordinatorAddress> parse(List<String> texts) {
        List<CoordinatorAddress> all = texts.stream()
                .filter(text -> !text.isBlank())
                .map(CoordinatorAddress::parse)
                .toList();
        if (all.stream().map(CoordinatorAddress::node).distinct().count() < all.size()) {
            throw new IllegalArgumentException("two coordinators of " + texts + " have the same name");
        }
        return all;
    }

    private static int port(String text, String number) {
        int port = Integer.parseInt(number);
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("coordinator '" + text + "': port " + number + " must be 1 to 65535");
        }
        return port;
    }
}

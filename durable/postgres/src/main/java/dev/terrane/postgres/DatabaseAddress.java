package dev.terrane.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a database is and who asks.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}, without credentials
 * @param password secret: nothing but the driver may see it
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {
    private static final String JDBC = "jdbc:";

    /**
     * Reads {@code postgresql://user:password@host:port/database}, with or without {@code jdbc:} before it, or with {@code user} and
     * {@code password} as parameters, as JDBC writes them.
     *
     * @throws IllegalArgumentException says what is wrong, without the password
     */
    public static DatabaseAddress parse(String text) {
        return parse(text, "postgres", "");
    }

    /** Like the other, with the credentials that hold where the text has none. */
    public static DatabaseAddress parse(String text, String user, String password) {
        URI uri;
        try {
            uri = URI.create(text.startsWith(JDBC) ? text.substring(JDBC.length()) : text);
        } catch (IllegalArgumentException _) {
            // The cause would repeat the text, and with it the password.
            throw new IllegalArgumentException("the database URL cannot be read; special characters need %-encoding");
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
            throw new IllegalArgumentException("the database URL must begin with postgresql:// or jdbc:postgresql://");
        }
        if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "the database URL must name host and database, like postgresql://user:password@host:5432/terrane");
        }
        Credentials credentials = new Credentials(user, password);
        String userInfo = uri.getRawUserInfo();
        if (userInfo != null) {
            int colon = userInfo.indexOf(':');
            credentials.user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
            credentials.password = colon < 0 ? password : decode(userInfo.substring(colon + 1));
        }
        String rest = uri.getRawQuery() == null ? "" : credentials.takeFrom(uri.getRawQuery());
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new DatabaseAddress(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + rest,
                credentials.user,
                credentials.password);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The URL without its parameters: for people and logs. */
    @Override
    public String toString() {
        int question = jdbcUrl.indexOf('?');
        return (question < 0 ? jdbcUrl : jdbcUrl.substring(0, question)).substring(JDBC.length());
    }

    private static final class Credentials {
        private String user;
        private String password;

        private Credentials(String user, String password) {
            this.user = user;
            this.password = password;
        }

        /** Returns the query without the credentials in it, with its question mark. */
        private String takeFrom(String rawQuery) {
            StringBuilder rest = new StringBuilder();
            for (String parameter : rawQuery.split("&")) {
                if (parameter.startsWith("user=")) {
                    user = decode(parameter.substring("user=".length()));
                } else if (parameter.startsWith("password=")) {
                    password = decode(parameter.substring("password=".length()));
                } else {
                    rest.append(rest.isEmpty() ? '?' : '&').append(parameter);
                }
            }
            return rest.toString();
        }
    }
}

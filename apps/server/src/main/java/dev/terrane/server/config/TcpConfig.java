package dev.terrane.server.config;

/** Where clients without HTTP reach the server. */
public record TcpConfig(
        @Key(
                doc =
                        "Take clients over TCP, too, with length-framed messages instead of WebSockets; on server.host, and with the same limits.",
                fallback = "false")
        boolean enabled,

        @Key(
                doc = "Port for them. 0 takes a free one; guests are told which it is.",
                fallback = "8443",
                min = 0,
                max = 65535)
        int port,

        @Key(
                doc =
                        "Speak without TLS, for something else ends it before this server. Needed only beyond loopback: there nobody is let in without TLS by mistake.",
                fallback = "false")
        boolean plaintext,

        Tls tls) {

    /** TLS of that port; both files or none. */
    public record Tls(
            @Key(
                    doc =
                            "PEM file with the certificate chain; empty takes server.tls.certFile. Reloaded when it changes.",
                    fallback = "")
            String certFile,

            @Key(doc = "PEM file with the private key; empty takes server.tls.keyFile.", fallback = "")
            String keyFile) {}

    /** The pair to show to clients. Empty texts: none. */
    public Tls pair(TlsConfig ofServer) {
        if (plaintext) {
            return new Tls("", "");
        }
        return tls.certFile().isEmpty() ? new Tls(ofServer.certFile(), ofServer.keyFile()) : tls;
    }
}

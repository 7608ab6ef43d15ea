package dev.terrane.server.config;

/** TLS for the page, WebSocket and REST; both files or none. */
public record TlsConfig(
        @Key(doc = "PEM file with the certificate chain. Reloaded when it changes.", fallback = "")
        String certFile,

        @Key(doc = "PEM file with the private key.", fallback = "")
        String keyFile) {}

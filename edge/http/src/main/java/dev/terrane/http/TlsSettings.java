package dev.terrane.http;

import java.nio.file.Path;

/**
 * Certificate and key, PEM. Both are looked at again every {@code pollMillis}; when they changed and fit together, new connections get the new
 * certificate.
 *
 * @param certificate chain, the server's own certificate first
 * @param key PKCS#8 or PKCS#1 private key, not encrypted
 * @param pollMillis how often the files are looked at
 */
public record TlsSettings(Path certificate, Path key, long pollMillis) {
    public static final long POLL_MILLIS_DEFAULT = 10_000;
}

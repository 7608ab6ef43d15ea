package dev.terrane.http;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One static file as it is sent. Immutable; any loop may send it.
 *
 * @param gzip null when compression would not pay
 * @param scriptHashes CSP sources of the inline scripts of an HTML page, each with a space in front; else empty
 */
record SiteFile(
        Buffer plain, @Nullable Buffer gzip, String contentType, String etag, boolean immutable, String scriptHashes) {}

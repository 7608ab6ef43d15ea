package dev.terrane.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Sends static files. On any loop. */
final class SiteHandler implements Handler<RoutingContext> {
    private static final String FOREVER = "public, max-age=31536000, immutable";
    /** Ask each time, but nothing is sent again while the ETag fits: a new release is seen at the next visit. */
    private static final String ASK_AGAIN = "no-cache";

    private final StaticSite site;

    SiteHandler(StaticSite site) {
        this.site = site;
    }

    @Override
    public void handle(RoutingContext context) {
        String path = context.normalizedPath();
        SiteFile file = site.find(path);
        if (file != null) {
            send(context, file);
        } else if (site.isFolder(path)) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, path + "/")
                    .end();
        } else {
            context.next();
        }
    }

    static void send(RoutingContext context, SiteFile file) {
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.ETAG, file.etag());
        response.putHeader(HttpHeaders.CACHE_CONTROL, file.immutable() ? FOREVER : ASK_AGAIN);
        response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        response.putHeader(SecurityHeaders.POLICY, SecurityHeaders.policy(file.scriptHashes()));
        if (names(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), file.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.contentType());
        Buffer body = file.plain();
        Buffer packed = file.gzip();
        if (packed != null && acceptsGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING))) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            body = packed;
        }
        if (context.request().method() == HttpMethod.HEAD) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            response.end();
        } else {
            response.end(body);
        }
    }

    private static boolean names(@Nullable String header, String etag) {
        return header != null && (header.contains(etag) || header.strip().equals("*"));
    }

    private static boolean acceptsGzip(@Nullable String header) {
        return header != null && header.contains("gzip") && !header.matches(".*gzip\\s*;\\s*q=0(\\.0*)?(\\s*,.*|\\s*)");
    }
}

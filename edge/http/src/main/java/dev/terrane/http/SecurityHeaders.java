package dev.terrane.http;

import io.vertx.core.MultiMap;

/** What every answer tells the browser not to do. */
final class SecurityHeaders {
    static final String POLICY = "content-security-policy";

    private SecurityHeaders() {}

    /** @param scriptSources hashes of inline scripts, each with a space in front */
    static String policy(String scriptSources) {
        // wasm-unsafe-eval: movement rules run as WASM in the page; ws/wss: a page may be pointed at another server.
        return "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" + scriptSources
                + "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:"
                + "; media-src 'self' data: blob:; connect-src 'self' ws: wss: data: blob:; worker-src 'self' blob:"
                + "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    static void put(MultiMap headers) {
        headers.set("x-content-type-options", "nosniff");
        headers.set("x-frame-options", "DENY");
        headers.set("referrer-policy", "no-referrer");
        headers.set("cross-origin-opener-policy", "same-origin");
        headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
        headers.set(POLICY, "default-src 'none'; frame-ancestors 'none'");
    }
}

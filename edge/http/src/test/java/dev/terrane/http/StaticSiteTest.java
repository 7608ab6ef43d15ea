package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticSiteTest {
    private static final String SCRIPT = "console.log('inline');";

    @TempDir
    Path folder;

    private TestDoor door;

    @BeforeEach
    void openDoor() throws IOException {
        Path page = folder.resolve("page");
        Files.createDirectories(page.resolve("assets"));
        Path canvas = Files.createDirectories(folder.resolve("canvas"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.writeString(
                page.resolve("index.html"), "<html><script type=\"module\" src=\"/assets/x.js\"></script></html>");
        Files.writeString(page.resolve(".env"), "SECRET=1");
        Files.writeString(page.resolve("assets/app-Bx3_k9Zq.js"), "export const x = 1;\n".repeat(200));
        Files.write(page.resolve("rule.wasm"), new byte[] {0, 'a', 's', 'm'});
        Files.createSymbolicLink(page.resolve("link.txt"), folder.resolve("secret.txt"));
        Files.writeString(canvas.resolve("index.html"), "<html><script>" + SCRIPT + "</script></html>");
        HttpServerSettings base = TestDoor.settings();
        door = TestDoor.open(new HttpServerSettings(
                base.listen(),
                base.sockets(),
                base.rest(),
                base.trust(),
                List.of(
                        new SiteRoot("/", page.toString()),
                        new SiteRoot("/canvas/", canvas.toString()),
                        new SiteRoot("/jar/", "classpath:dev/terrane/http/site")),
                null));
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void servesPagesAndTheirTypes() {
        HttpResponse<String> index = door.get("/");
        assertThat(index.statusCode()).isEqualTo(200);
        assertThat(index.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(door.get("/index.html").body()).isEqualTo(index.body());
        assertThat(door.get("/rule.wasm").headers().firstValue("content-type")).contains("application/wasm");
        assertThat(door.get("/canvas/").body()).contains(SCRIPT);
        assertThat(door.get("/jar/").body()).contains("from the classpath");
        assertThat(door.get("/?v=1").statusCode()).isEqualTo(200);
    }

    @Test
    void leadsFolderWithoutSlashToItsPage() {
        HttpResponse<String> answer = door.get("/canvas");
        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("location")).contains("/canvas/");
    }

    @Test
    void cachesHashedAssetsForeverAndAsksForPages() {
        assertThat(door.get("/assets/app-Bx3_k9Zq.js").headers().firstValue("cache-control"))
                .contains("public, max-age=31536000, immutable");
        HttpResponse<String> index = door.get("/");
        assertThat(index.headers().firstValue("cache-control")).contains("no-cache");
        String etag = index.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = door.get("/", "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(door.get("/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void sendsGzipToWhoTakesIt() throws Exception {
        String plain = door.get("/assets/app-Bx3_k9Zq.js").body();
        HttpRequest request = door.request("/assets/app-Bx3_k9Zq.js", "Accept-Encoding", "br, gzip")
                .build();
        HttpResponse<byte[]> packed = door.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(packed.headers().firstValue("vary"))
                .hasValueSatisfying(vary -> assertThat(vary).containsIgnoringCase("accept-encoding"));
        assertThat(packed.body().length).isLessThan(plain.length() / 10);
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertThat(new String(unpacked, StandardCharsets.UTF_8)).isEqualTo(plain);
        assertThat(door.get("/assets/app-Bx3_k9Zq.js", "Accept-Encoding", "gzip;q=0")
                        .body())
                .isEqualTo(plain);
    }

    @Test
    void allowsExactlyTheInlineScriptsOfThePage() {
        String policy = door.get("/canvas/")
                .headers()
                .firstValue("content-security-policy")
                .orElseThrow();
        // printf %s "console.log('inline');" | openssl dgst -sha256 -binary | base64
        assertThat(policy)
                .contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-tlts22Eu/seSWbAw80TfZJgYnelKmP4ds0Ijym8yNpY='")
                .doesNotContain("script-src 'unsafe-inline'");
        assertThat(door.get("/").headers().firstValue("content-security-policy").orElseThrow())
                .doesNotContain("sha256");
    }

    @Test
    void answersHeadWithoutBody() {
        HttpResponse<String> head = door.send(door.request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("content-length"))
                .hasValue(door.get("/").body().length());
    }

    @Test
    void neverLeavesItsFolders() throws Exception {
        for (String path : List.of(
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/assets/../../secret.txt",
                "/assets/..%5c..%5csecret.txt",
                "//secret.txt",
                "/canvas/../../secret.txt",
                "/%2fetc/passwd",
                "/link.txt",
                "/.env",
                "/index.html%00.txt",
                "/assets")) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(path).doesNotContain("secret", "SECRET", "root:");
            assertThat(answer).as(path).matches("(?s)HTTP/1.1 40[04] .*");
        }
    }

    @Test
    void saysWhichFolderIsMissing() {
        assertThatThrownBy(() -> StaticSite.read(List.of(new SiteRoot("/", folder + "/nowhere"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> StaticSite.read(List.of(new SiteRoot("/", "classpath:no/such"))))
                .hasMessageContaining("no/such/index.html");
    }

    /** Sends bytes as they are: a client library would tidy the path up. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", door.http.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddedRoutesTest {
    private static final CharacterId ADA = new CharacterId(new UUID(7, 1));
    private static final String CONTRACT = """
            {"paths": {"/wallets/{currency}": {"get": {"operationId": "wallet"}, "post": {"operationId": "open"}},
                       "/nodes/{node}": {"post": {"operationId": "drain"}}}}
            """;

    private final LinkedBlockingQueue<AdminRoute.Request> askedByAdmin = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<ApiRoute.Request> asked = new LinkedBlockingQueue<>();
    private CompletionStage<ApiAnswer> answer = CompletableFuture.completedStage(ApiAnswer.ok("{\"minor\":250}"));
    private final TestDoor door = TestDoor.open(
            RestCommands.none(),
            new ApiRoutes(
                    List.of(
                            new ApiRoute(ApiRoute.Method.GET, "/wallets/:currency", this::handle),
                            new ApiRoute(ApiRoute.Method.POST, "/wallets/:currency", this::handle)),
                    List.of(new AdminRoute(ApiRoute.Method.POST, "/nodes/:node", this::handle)),
                    List.of(CONTRACT)));

    private CompletionStage<ApiAnswer> handle(ApiRoute.Request request) {
        asked.add(request);
        return answer;
    }

    private CompletionStage<ApiAnswer> handle(AdminRoute.Request request) {
        askedByAdmin.add(request);
        return answer;
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void asksTheHandlerForTheTokensCharacter() {
        HttpResponse<String> got = door.get("/api/v1/wallets/gold%20bar?since=3&since=4", authorization());
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("{\"minor\":250}");
        assertThat(got.headers().firstValue("content-type")).contains("application/json");

        ApiRoute.Request request = asked.remove();
        assertThat(request.character()).isEqualTo(ADA);
        assertThat(request.parameters()).containsEntry("currency", "gold bar");
        assertThat(request.query()).containsEntry("since", "3");
        assertThat(request.body()).isEmpty();

        door.post("/api/v1/wallets/gold", "{\"a\":1}", authorization());
        assertThat(asked.remove().body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1}");
    }

    @Test
    void leavesTheTokensOfAdministratorsToTheHandler() {
        assertThat(door.post("/api/v1/nodes/n%201", "{}", "Authorization", "Bearer whatever")
                        .statusCode())
                .isEqualTo(200);
        AdminRoute.Request request = askedByAdmin.remove();
        assertThat(request.token()).isEqualTo("whatever");
        assertThat(request.parameters()).containsEntry("node", "n 1");
        assertThat(request.body()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        door.post("/api/v1/nodes/n1", "{}");
        assertThat(askedByAdmin.remove().token()).isEmpty();
    }

    @Test
    void refusesWhoHasNoGoodToken() {
        HttpResponse<String> none = door.get("/api/v1/wallets/gold");
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(errorCode(none)).isEqualTo("invalid_token");
        HttpResponse<String> old = door.get("/api/v1/wallets/gold", "Authorization", "Bearer " + door.expiredToken());
        assertThat(old.statusCode()).isEqualTo(401);
        assertThat(errorCode(old)).isEqualTo("token_expired");
        assertThat(door.get("/api/v1/wallets/gold?token=" + door.tokenOf(ADA)).statusCode())
                .as("a token in the address, which is logged everywhere")
                .isEqualTo(401);
        assertThat(asked).isEmpty();
    }

    @Test
    void namesRefusalsAndHidesBugs() {
        answer = CompletableFuture.completedStage(new ApiAnswer.Refused(404, "no_wallet", "open one first", 2));
        HttpResponse<String> refused = door.get("/api/v1/wallets/gold", authorization());
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(errorCode(refused)).isEqualTo("no_wallet");
        assertThat(refused.headers().firstValue("retry-after")).contains("2");

        answer = CompletableFuture.failedStage(new IllegalStateException("secret"));
        HttpResponse<String> bug = door.get("/api/v1/wallets/gold", authorization());
        assertThat(bug.statusCode()).isEqualTo(500);
        assertThat(bug.body()).doesNotContain("secret");
    }

    @Test
    void describesThemInTheContract() {
        JsonObject paths = new JsonObject(door.get("/api/v1/openapi.json").body()).getJsonObject("paths");
        assertThat(paths.getJsonObject("/wallets/{currency}").fieldNames()).containsExactlyInAnyOrder("get", "post");
        assertThat(paths.fieldNames()).contains("/commands", "/worlds");
    }

    private String[] authorization() {
        return new String[] {"Authorization", "Bearer " + door.tokenOf(ADA)};
    }

    private static String errorCode(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getString("error_code");
    }
}

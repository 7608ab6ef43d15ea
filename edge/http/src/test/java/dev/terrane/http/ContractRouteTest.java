package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContractRouteTest {
    private final TestDoor door = TestDoor.open(TcpDoorTest.settings());
    private final JsonObject document =
            new JsonObject(door.get("/api/v1/openapi.json").body());

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void describesEveryRouteAndNoOther() {
        Set<String> served = new TreeSet<>();
        for (RestRoute route : RestRouter.routes(TestDoor.settings(), door.ports, door.addresses())) {
            String path = route.path().replaceAll(":(\\w+)", "{$1}");
            served.add(route.method() + " " + path + (route.prefixed() ? "" : " at root"));
        }
        Set<String> described = new TreeSet<>();
        for (String path : document.getJsonObject("paths").fieldNames()) {
            JsonObject item = document.getJsonObject("paths").getJsonObject(path);
            boolean root = item.containsKey("servers");
            for (String key : item.fieldNames()) {
                if (!key.equals("servers")) {
                    described.add(key.toUpperCase(Locale.ROOT) + " " + path + (root ? " at root" : ""));
                }
            }
        }
        assertThat(described).isEqualTo(served).isNotEmpty();
    }

    @Test
    void resolvesEveryReference() {
        assertReferences(document);
        assertThat(document.getString("openapi")).startsWith("3.1.");
    }

    @Test
    void describesEveryFieldOfTheAnswers() {
        assertFields(
                "ServerInfo", new JsonObject(door.get("/api/v1/server/info").body()));
        assertFields(
                "World",
                new JsonObject(door.get("/api/v1/worlds").body())
                        .getJsonArray("worlds")
                        .getJsonObject(0));
        assertFields(
                "Cell",
                new JsonObject(door.get("/api/v1/worlds/skirmish/cells").body())
                        .getJsonArray("cells")
                        .getJsonObject(0));
        assertFields(
                "GuestToken", new JsonObject(door.post("/api/v1/guest", "{}").body()));
    }

    @Test
    void namesThePrefixOfThisServer() {
        assertThat(ContractRoute.document(new RestPaths("/rest", "/numbers", "/admin"))
                        .getJsonArray("servers")
                        .getJsonObject(0)
                        .getString("url"))
                .isEqualTo("/rest");
    }

    @Test
    void describesWhatIsAddedAndOpensForNothingElse() {
        ApiRoute route = new ApiRoute(ApiRoute.Method.GET, "/wallets/:currency", request -> {
            throw new IllegalStateException("only described here");
        });
        String contract = """
                {"paths": {"/wallets/{currency}": {"get": {"operationId": "wallet"}}}, "components": {"schemas": {"Wallet": {"type": "object"}}}}
                """;
        List<RestRoute> described =
                new ContractRoute(RestPaths.defaults(), new ApiRoutes(List.of(route), contract)).routes();
        assertThat(described).hasSize(1);
        assertThatThrownBy(() -> new ContractRoute(RestPaths.defaults(), new ApiRoutes(List.of(route), "{}")))
                .hasMessage("get /wallets/{currency} is not described in its OpenAPI document");
        ApiRoute taken = new ApiRoute(ApiRoute.Method.GET, "/worlds", route.handler());
        ApiRoutes twice = new ApiRoutes(List.of(taken), "{\"paths\": {\"/worlds\": {\"get\": {}}}}");
        assertThatThrownBy(() -> new ContractRoute(RestPaths.defaults(), twice))
                .hasMessage("get /worlds is an operation of the door already");
    }

    @Test
    void describesWhatSeveralHaveAddedToOneDoor() {
        ApiRoutes one = described("/wallets", "Wallet");
        ApiRoutes other = described("/views", "View");
        ApiRoutes both = one.and(other);
        assertThat(both.routes()).hasSize(2);
        assertThat(new ContractRoute(RestPaths.defaults(), both).routes()).hasSize(1);
        assertThatThrownBy(() -> new ContractRoute(RestPaths.defaults(), one.and(new ApiRoutes(other.routes(), "{}"))))
                .hasMessage("get /views is not described in its OpenAPI document");
    }

    private static ApiRoutes described(String path, String schema) {
        ApiRoute route = new ApiRoute(ApiRoute.Method.GET, path, request -> {
            throw new IllegalStateException("only described here");
        });
        return new ApiRoutes(List.of(route), """
                {"paths": {"%s": {"get": {}}}, "components": {"schemas": {"%s": {"type": "object"}}}}
                """.formatted(path, schema));
    }

    private void assertFields(String schema, JsonObject answer) {
        JsonObject properties = document.getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(schema)
                .getJsonObject("properties");
        assertThat(answer.fieldNames()).isEqualTo(properties.fieldNames());
    }

    private void assertReferences(Object node) {
        if (node instanceof JsonObject object) {
            for (String key : object.fieldNames()) {
                if (key.equals("$ref")) {
                    assertThat(resolve(object.getString(key)))
                            .as(object.getString(key))
                            .isNotNull();
                } else {
                    assertReferences(object.getValue(key));
                }
            }
        } else if (node instanceof JsonArray array) {
            array.forEach(this::assertReferences);
        }
    }

    private @Nullable Object resolve(String reference) {
        JsonObject at = document;
        for (String step : reference.substring(2).split("/")) {
            at = at == null ? null : at.getJsonObject(step);
        }
        return at;
    }
}

package dev.terrane.http;

import java.util.List;

/**
 * The operations that the server adds, and their description.
 *
 * @param routes for whoever shows a token
 * @param admin for administrators
 * @param contract an OpenAPI 3.1 document in JSON of which {@code paths} and {@code components.schemas} are taken; it describes every one of them, or the door does not open
 */
public record ApiRoutes(List<ApiRoute> routes, List<AdminRoute> admin, String contract) {
    public ApiRoutes {
        routes = List.copyOf(routes);
        admin = List.copyOf(admin);
    }

    public ApiRoutes(List<ApiRoute> routes, String contract) {
        this(routes, List.of(), contract);
    }

    public static ApiRoutes none() {
        return new ApiRoutes(List.of(), "{}");
    }
}

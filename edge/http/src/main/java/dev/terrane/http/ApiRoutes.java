package dev.terrane.http;

import java.util.List;
import java.util.stream.Stream;

/**
 * The operations that the server adds, and their descriptions.
 *
 * @param routes for whoever shows a token
 * @param admin for administrators
 * @param contracts OpenAPI 3.1 documents in JSON of which {@code paths} and {@code components.schemas} are taken; together they describe every one of them, or the door does not open
 */
public record ApiRoutes(List<ApiRoute> routes, List<AdminRoute> admin, List<String> contracts) {
    public ApiRoutes {
        routes = List.copyOf(routes);
        admin = List.copyOf(admin);
        contracts = List.copyOf(contracts);
    }

    public ApiRoutes(List<ApiRoute> routes, String contract) {
        this(routes, List.of(), List.of(contract));
    }

    public static ApiRoutes none() {
        return new ApiRoutes(List.of(), List.of(), List.of());
    }

    /** These and those, at one door. */
    public ApiRoutes and(ApiRoutes others) {
        return new ApiRoutes(both(routes, others.routes), both(admin, others.admin), both(contracts, others.contracts));
    }

    private static <T> List<T> both(List<T> these, List<T> those) {
        return Stream.concat(these.stream(), those.stream()).toList();
    }
}

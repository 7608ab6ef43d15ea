package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads each plain request to its route: headers, origin, rate, then the operation, the static files or a JSON error. */
final class RestRouter {
    private static final Logger LOG = LoggerFactory.getLogger(RestRouter.class);
    private static final String ROUTE_KEY = "terrane.route";
    private static final String OTHER_ROUTE = "other";
    private static final String SITE_ROUTE = "site";

    private final HttpServerSettings settings;
    private final Clock clock;
    private final ClientAddresses addresses;
    private final AddressRates rates;
    private final CrossOrigin crossOrigin;
    private final SiteHandler site;
    private final List<RestRoute> routes;
    private final Map<String, RestMeters> meters = new HashMap<>();

    RestRouter(HttpServerSettings settings, HttpPorts ports, StaticSite site) {
        this.settings = settings;
        this.clock = ports.clock();
        this.addresses = new ClientAddresses(settings.trust());
        this.rates = new AddressRates(
                settings.rest().requestsPerSecond(), settings.rest().requestBurst());
        this.crossOrigin = new CrossOrigin(settings.trust().originRules());
        this.site = new SiteHandler(site);
        this.routes = routes(settings, ports, addresses);
        for (RestRoute route : routes) {
            addMeters(ports.meters(), route.path());
        }
        addMeters(ports.meters(), SITE_ROUTE);
        addMeters(ports.meters(), OTHER_ROUTE);
    }

    private void addMeters(Meters source, String route) {
        meters.put(route, new RestMeters(source, clock, route));
    }

    /** Every operation there is, for the router and for the check against the OpenAPI document. */
    static List<RestRoute> routes(HttpServerSettings settings, HttpPorts ports, ClientAddresses addresses) {
        List<RestRoute> all = new ArrayList<>(
                new StatusRoutes(ports.report(), settings.rest().paths().metrics()).routes());
        all.addAll(new WorldFileRoutes(ports.report()).routes());
        all.addAll(new GuestRoute(settings, addresses, ports.keys(), ports.clock()).routes());
        all.addAll(new CommandRoutes(settings, ports).routes());
        all.addAll(new AddedRoutes(ports.added(), ports.keys(), ports.clock()).routes());
        all.addAll(new ContractRoute(settings.rest().paths(), ports.added()).routes());
        return List.copyOf(all);
    }

    /** One router per loop: Vert.x binds it to its context. */
    Router forLoop(Vertx vertx) {
        String underPrefix = settings.rest().prefix() + "/*";
        Router router = Router.router(vertx);
        router.route().handler(this::begin);
        router.route(underPrefix).handler(crossOrigin);
        router.route(underPrefix).handler(this::limitRate);
        for (RestRoute route : routes) {
            String path = route.fullPath(settings.rest().prefix());
            if (route.method() == HttpMethod.POST) {
                router.post(path)
                        .handler(BodyHandler.create(false)
                                .setBodyLimit(settings.rest().bodyBytesMax()));
            }
            Handler<RoutingContext> handler = route.handler();
            router.route(route.method(), path).handler(context -> {
                context.put(ROUTE_KEY, route.path());
                handler.handle(context);
            });
        }
        for (RestRoute route : routes) {
            String allowed = route.method().name();
            router.route(route.fullPath(settings.rest().prefix())).handler(context -> otherMethod(context, allowed));
        }
        router.route(settings.rest().paths().admin() + "/*").handler(RestRouter::noAdmin);
        router.route(settings.rest().paths().admin()).handler(RestRouter::noAdmin);
        router.route().handler(this::serveSite);
        addErrors(router);
        return router;
    }

    private void begin(RoutingContext context) {
        long startNanos = clock.nanos();
        SecurityHeaders.put(context.response().headers());
        context.addEndHandler(done -> {
            String route = context.get(ROUTE_KEY);
            RestMeters known = meters.get(route == null ? OTHER_ROUTE : route);
            if (known != null) {
                known.observe(context, startNanos);
            }
        });
        context.next();
    }

    private void serveSite(RoutingContext context) {
        HttpMethod method = context.request().method();
        boolean read = method == HttpMethod.GET || method == HttpMethod.HEAD;
        if (!read || context.normalizedPath().startsWith(settings.rest().prefix() + "/")) {
            context.next();
            return;
        }
        context.put(ROUTE_KEY, SITE_ROUTE);
        site.handle(context);
    }

    private void limitRate(RoutingContext context) {
        int waitSeconds = rates.take(client(context, addresses), clock.nanos());
        if (waitSeconds > 0) {
            RestError.send(context, 429, "rate_limited", "too many requests from one address", waitSeconds);
        } else {
            context.next();
        }
    }

    /** The name under which the client's limits are counted. */
    static String client(RoutingContext context, ClientAddresses addresses) {
        HttpServerRequest request = context.request();
        return addresses.clientOf(
                request.remoteAddress().hostAddress(), request.headers().getAll("x-forwarded-for"));
    }

    private static void otherMethod(RoutingContext context, String allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        RestError.send(context, 405, "method_not_allowed", "this path takes " + allowed + " only");
    }

    private static void noAdmin(RoutingContext context) {
        RestError.send(context, 404, "not_found", "there are no admin routes in this release");
    }

    private static void addErrors(Router router) {
        router.errorHandler(400, context -> RestError.send(context, 400, "bad_request", "the request cannot be read"));
        router.errorHandler(404, context -> RestError.send(context, 404, "not_found", "there is nothing at this path"));
        router.errorHandler(
                413, context -> RestError.send(context, 413, "body_too_large", "the request body is over the limit"));
        router.errorHandler(500, context -> {
            // The path, never the query: tokens travel there.
            LOG.atError()
                    .setCause(context.failure())
                    .addKeyValue("method", context.request().method())
                    .addKeyValue("path", context.normalizedPath())
                    .log("a request failed");
            RestError.send(context, 500, "internal", "the server made a mistake; it was logged");
        });
    }
}

package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import io.vertx.ext.web.RoutingContext;

/** Counts and times the requests of one route, by class of status. Any loop may use it. */
final class RestMeters {
    private final Clock clock;
    private final Meters.Distribution nanos;
    private final Meters.Count[] byStatusClass = new Meters.Count[6];

    RestMeters(Meters meters, Clock clock, String route) {
        this.clock = clock;
        this.nanos = meters.distribution("rest_request_nanos", "route", route);
        for (int status = 1; status < byStatusClass.length; status++) {
            byStatusClass[status] = meters.count("rest_requests", "route", route, "status", status + "xx");
        }
        byStatusClass[0] = byStatusClass[5];
    }

    void observe(RoutingContext context, long startNanos) {
        int status = context.response().getStatusCode() / 100;
        byStatusClass[status < byStatusClass.length ? status : 0].one();
        nanos.record(clock.nanos() - startNanos);
    }
}

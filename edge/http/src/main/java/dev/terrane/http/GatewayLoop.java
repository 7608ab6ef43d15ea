package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.gateway.Gateway;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop and the gateway that lives on it.
 *
 * <p>{@link #wake} may be called by any thread; everything else happens on the loop. A bug in the gateway is logged and costs one drain, never
 * the loop, for other gateways' sockets may be on it.
 */
final class GatewayLoop {
    /** As {@link Gateway#onTimer} wants it. */
    private static final long TIMER_MILLIS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(GatewayLoop.class);

    private final int number;
    private final ContextInternal context;
    private final Clock clock;
    private final Runnable drain = this::drain;
    private final FrameScratch scratch = new FrameScratch();
    private final ByteBuffer unmasked = ByteBuffer.allocate(FrameReader.LENGTH_MAX);
    private volatile @Nullable Gateway gateway;
    /** In this round of the loop. */
    private boolean drained;

    private boolean askedAgain;

    GatewayLoop(int number, ContextInternal context, Clock clock) {
        this.number = number;
        this.context = context;
        this.clock = clock;
    }

    int number() {
        return number;
    }

    ContextInternal context() {
        return context;
    }

    /** Where frames of this loop's sockets are put together. */
    FrameScratch scratch() {
        return scratch;
    }

    /** Where short messages of this loop's sockets are unmasked, one at a time. */
    ByteBuffer unmasked() {
        return unmasked;
    }

    /** Called once, before the door listens. */
    void settle(Gateway built) {
        gateway = built;
        context.nettyEventLoop()
                .scheduleWithFixedDelay(this::onTimer, TIMER_MILLIS, TIMER_MILLIS, TimeUnit.MILLISECONDS);
        wake(); // for what was offered while it was being built
    }

    boolean hasGateway() {
        return gateway != null;
    }

    Gateway gateway() {
        Gateway settled = gateway;
        if (settled == null) {
            throw new IllegalStateException("gateway " + number + " is not built yet");
        }
        return settled;
    }

    /** The inbox calls it once per burst, so each burst is one task of the loop. */
    void wake() {
        if (!context.nettyEventLoop().isShuttingDown()) {
            context.nettyEventLoop().execute(drain);
        }
    }

    /** Done when every session was told and its link is closing. Any thread may call it. */
    Future<Void> shutDown() {
        return context.future(done -> context.runOnContext(now -> {
            if (hasGateway()) {
                gateway().shutDown();
            }
            // Links close one task later than they are told to.
            context.runOnContext(later -> done.complete());
        }));
    }

    /** Sockets are heard after each drain: what comes in meanwhile waits, or a long backlog would be worked off without hearing a client for seconds. */
    private void drain() {
        Gateway settled = gateway;
        if (settled == null) {
            return;
        }
        if (drained) {
            askedAgain = true;
            return;
        }
        drained = true;
        context.nettyEventLoop().schedule(this::heardSockets, 0, TimeUnit.NANOSECONDS);
        try {
            settled.drain(clock.nanos());
        } catch (RuntimeException bug) {
            log(bug, "a gateway failed while it worked off its inbox");
        }
    }

    /** Runs in the loop's next round, which begins with the sockets. */
    private void heardSockets() {
        drained = false;
        if (askedAgain) {
            askedAgain = false;
            drain();
        }
    }

    private void onTimer() {
        try {
            gateway().onTimer(clock.nanos(), clock.epochMillis());
        } catch (RuntimeException bug) {
            log(bug, "a gateway failed in its timer");
        }
        drain(); // whoever left something may hang before he wakes us
    }

    private void log(RuntimeException bug, String message) {
        LOG.atError().setCause(bug).addKeyValue("gateway", number).log(message);
    }
}

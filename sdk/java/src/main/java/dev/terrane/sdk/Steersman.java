package dev.terrane.sdk;

import dev.terrane.rule.CompiledRule;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the own avatar's time, and gets its movement rule: wakes up once a tick while somebody steers, on the threads that all delayed work of the process
 * shares, and takes the client's lock for all it does.
 */
final class Steersman {
    private static final double WAIT_MILLIS_MIN = 1;
    /** Time that runs ever so slowly is looked at again. */
    private static final double WAIT_MILLIS_MAX = 1_000;

    private final Object lock;
    private final OwnAvatar avatar;
    private final ClientOptions options;
    private final IntSupplier gateway;
    private final Consumer<String> notPredicted;
    private String world = "";
    /** Of the connection: the server behind another one may have another rule. */
    private boolean ruleWanted;

    private int connections;
    private boolean over;
    /** Who wakes up belongs to the newest reader, or goes away. */
    private int reign;

    /**
     * @param lock of the client; {@code notPredicted} is called under it
     * @param gateway the client is at that one now, as its options count them
     */
    Steersman(
            Object lock, OwnAvatar avatar, ClientOptions options, IntSupplier gateway, Consumer<String> notPredicted) {
        this.lock = lock;
        this.avatar = avatar;
        this.options = options;
        this.gateway = gateway;
        this.notPredicted = notPredicted;
    }

    /** Under the lock. @return what ends it, from any thread */
    Runnable steer(Supplier<Input> reader) {
        if (over) {
            return () -> {};
        }
        int own = ++reign;
        avatar.steer(reader);
        predict();
        wakeUp(own, avatar.dueMillis());
        return () -> {
            synchronized (lock) {
                if (own == reign) {
                    stop();
                }
            }
        };
    }

    /** Under the lock: the connection is a new one. */
    void welcomed(OwnAvatar.World newWorld, String name) {
        world = name;
        ruleWanted = false;
        connections++;
        avatar.welcomed(newWorld);
    }

    /** Under the lock: whoever wants to steer from the start has done so. */
    void opened() {
        if (avatar.steered()) {
            predict();
        }
    }

    /** Under the lock: nothing more happens. */
    void close() {
        over = true;
        stop();
    }

    private void stop() {
        reign++;
        avatar.stop();
    }

    private void wakeUp(int own, double millis) {
        double wait = Math.clamp(millis, WAIT_MILLIS_MIN, WAIT_MILLIS_MAX);
        CompletableFuture.delayedExecutor((long) (wait * 1e6), TimeUnit.NANOSECONDS)
                .execute(() -> tick(own));
    }

    private void tick(int own) {
        synchronized (lock) {
            if (own != reign) {
                return;
            }
            try {
                avatar.pump();
            } catch (RuntimeException | Error ofTheReader) {
                stop(); // it would fail twenty times a second
                throw ofTheReader;
            }
            wakeUp(own, avatar.dueMillis());
        }
    }

    /**
     * Fetches the world's movement rule once it is needed, and with each connection after that; until then the one that is known goes on. A world that has none is
     * steered without prediction.
     */
    private void predict() {
        if (over || world.isEmpty() || !options.predict()) {
            return;
        }
        if (avatar.hasRule() && !avatar.predicting()) {
            bind(null);
        }
        if (ruleWanted) {
            return;
        }
        ruleWanted = true;
        Optional<URI> url = options.restUrl(gateway.getAsInt(), RuleFetch.path(world));
        if (url.isEmpty()) {
            notPredicted.accept("'%s' does not say where movement rules are to be had: withGuestsFrom does"
                    .formatted(options.url()));
            return;
        }
        int asking = connections;
        RuleFetch.fetch(options.http(), url.get()).whenComplete((rule, failure) -> fetched(asking, rule, failure));
    }

    private void fetched(int asking, @Nullable Optional<CompiledRule> rule, @Nullable Throwable failure) {
        synchronized (lock) {
            if (over || asking != connections) {
                return;
            }
            if (rule == null) {
                String reason = failure == null ? "no rule came" : Failures.reasonOf(failure);
                notPredicted.accept(avatar.predicting() ? "by the newest rule, for " + reason : reason);
            } else if (rule.isEmpty()) {
                avatar.predictNothing();
            } else if (!avatar.predictsBy(rule.get())) {
                bind(rule.get());
            }
        }
    }

    /** @param rule null: the one that is known */
    private void bind(@Nullable CompiledRule rule) {
        try {
            if (rule == null) {
                avatar.predictAgain();
            } else {
                avatar.predictBy(rule);
            }
        } catch (IllegalArgumentException misfit) {
            notPredicted.accept(String.valueOf(misfit.getMessage()));
        }
    }
}

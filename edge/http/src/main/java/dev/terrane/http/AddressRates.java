package dev.terrane.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket per client address. Any thread may call it.
 *
 * <p>Remembers {@value #ADDRESS_COUNT_MAX} addresses; beyond that it forgets the one unseen for longest, which then has a full bucket again.
 */
final class AddressRates {
    static final int ADDRESS_COUNT_MAX = 65_536;

    private final double perNano;
    private final double burst;
    private final Map<String, Bucket> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESS_COUNT_MAX;
        }
    };

    AddressRates(double perSecond, int burst) {
        this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
        this.burst = burst;
    }

    /** 0 when there is a token left, and takes it; else the seconds until there will be one, at least 1. */
    synchronized int take(String address, long nowNanos) {
        Bucket bucket = byAddress.computeIfAbsent(address, unknown -> new Bucket(burst, nowNanos));
        bucket.tokens = Math.min(burst, bucket.tokens + (nowNanos - bucket.atNanos) * perNano);
        bucket.atNanos = nowNanos;
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
            return 0;
        }
        return (int) Math.ceil((1 - bucket.tokens) / perNano / TimeUnit.SECONDS.toNanos(1));
    }

    private static final class Bucket {
        private double tokens;
        private long atNanos;

        Bucket(double tokens, long atNanos) {
            this.tokens = tokens;
            this.atNanos = atNanos;
        }
    }
}

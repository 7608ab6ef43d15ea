package dev.terrane.clustersim;

/** How soon nodes hear of each other, and how long they believe what they heard: the server's own defaults, but for the lease, which would make each run longer. */
record TerraneTimes(int heartbeatMillis, int silenceMillis, int leaseMillis) {
    static TerraneTimes usual() {
        return new TerraneTimes(50, 250, 1_500);
    }
}

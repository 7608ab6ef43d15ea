package dev.terrane.sdk;

/** What steering needs of its client. Times are in milliseconds. */
interface Helm {
    double nowMillis();

    /** The tick, with its fraction, that the server simulates at that time of its clock. */
    double tickAt(double serverTimeMillis);

    /** Server time that snapshots are expected to have told about by now; NaN before the first. */
    double arrivedMillis(double nowMillis);

    /** The fastest there can be; NaN before it is known. */
    double roundTripMillis();

    double jitterMillis();

    /** Real time from one tick to the next. */
    double tickMillis();

    /** Sends an input for a tick. False: the connection takes none now. */
    boolean send(int tick, Input input);

    /** It was sent, and what it does is predicted. */
    void steered(int tick, Input input);
}

package dev.terrane.server.cli.cluster;

/** Told what happens to a local cluster, in the order in which it happens; on the thread that does it, which must not wait. */
public interface ClusterProgress {
    /** Something that takes a while, for a line on a terminal. */
    void step(String text);

    /** A node has a process. */
    void started(NodeFacts node);

    /** It said that it is ready. */
    void ready(NodeFacts node, long afterMillis);

    /** Its process ended while the cluster was up. */
    void ended(NodeFacts node, int exitCode);
}

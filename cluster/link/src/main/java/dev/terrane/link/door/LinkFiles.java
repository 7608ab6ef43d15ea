package dev.terrane.link.door;

import java.nio.file.Path;

/**
 * Where a node's identity lies, as PEM.
 *
 * @param authority the certificate of the cluster's authority: whoever shows one that it has signed is one of the cluster
 * @param certificate of this node; names it
 * @param key of this node, for its owner's eyes only
 */
public record LinkFiles(Path authority, Path certificate, Path key) {}

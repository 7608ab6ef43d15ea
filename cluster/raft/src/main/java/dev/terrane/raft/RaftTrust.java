package dev.terrane.raft;

import java.nio.file.Path;

/**
 * What proves to other coordinators who this one is, as PEM: the files of its links.
 *
 * @param authority whoever shows a certificate that it has signed, with the name of a coordinator, may take part
 * @param certificate of this coordinator; names it by {@code urn:terrane:node:NAME}
 * @param key of the certificate, EC
 */
public record RaftTrust(Path authority, Path certificate, Path key) {}

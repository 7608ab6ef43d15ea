package dev.terrane.link;

import org.jspecify.annotations.Nullable;

/** What a {@link LinkMachine} tells whoever drives it. Called on the driving thread, from within the machine's methods. */
public interface LinkHost {
    /**
     * Asked of the node with the smaller name only, when everything else is in order.
     *
     * @return why this connection may not be opened, or null
     */
    @Nullable
    LinkLoss admit(LinkHello peer);

    /** From now on messages may be offered. Called once at most. */
    void opened(LinkInfo info);

    /** A message. The bytes are valid only during the call: copy what has to stay. */
    void received(Lane lane, byte[] bytes, int offset, int length);

    /** The connection is over, opened or not. Called once; what is left to be taken, the reason, should still be written. */
    void ended(LinkLoss loss);
}

package dev.terrane.link;

/** Why a connection is over, or was never opened. The numbers travel: none is ever given to another reason. */
public enum LinkEnd {
    /** A reason that this build does not know; the text says it. */
    OTHER(0),
    /** The node closes the link in good order: it stops, or wants nothing of the other any more. */
    GOODBYE(1),
    /** Bytes that are no frame, or a frame that has no place here. */
    MALFORMED(2),
    /** A frame is missing or came twice. */
    SEQUENCE(3),
    /** There is no version of the protocol that both speak. */
    VERSION(4),
    /** A node of another cluster. */
    CLUSTER(5),
    /** It is not the node that its certificate names, or not the one that was dialled. */
    IDENTITY(6),
    /** There is a connection of this pair already, and it lives. */
    DUPLICATE(7),
    /** A newer connection of the same pair has taken its place. */
    REPLACED(8),
    /** Nothing was heard for too long. */
    SILENT(9),
    /** The greeting was not over in time. */
    LATE(10),
    /** The control lane was full: the other node reads nothing, or somebody misuses the lane. */
    CONTROL_FULL(11),
    /** The socket is gone without a word: killed, cut, or refused by the other's TLS. */
    RESET(12),
    /** No certificate of the cluster's authority. */
    TLS(13);

    private static final LinkEnd[] ALL = values();

    private final int code;

    LinkEnd(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static LinkEnd of(int code) {
        for (LinkEnd end : ALL) {
            if (end.code == code) {
                return end;
            }
        }
        return OTHER;
    }
}

package dev.terrane.server.wire;

import dev.terrane.link.Lane;
import dev.terrane.node.NodeMessage;

/** Which way through a link a message takes. All of one kind take the same, so their order stays, but for maps: these have versions. */
final class Lanes {
    private Lanes() {}

    static Lane of(NodeMessage message, int bytes, int controlMessageBytesMax) {
        return switch (message) {
            case NodeMessage.MapNews _ -> bytes <= controlMessageBytesMax ? Lane.CONTROL : Lane.DATA;
            case NodeMessage.Beat _,
                    NodeMessage.Lease _,
                    NodeMessage.Loads _,
                    NodeMessage.Crowds _,
                    NodeMessage.Propose _,
                    NodeMessage.Proposed _,
                    NodeMessage.ProposalLost _,
                    NodeMessage.AvatarNews _,
                    NodeMessage.Claim _,
                    NodeMessage.Claimed _,
                    NodeMessage.Abandon _ -> Lane.CONTROL;
            case NodeMessage.ToCell _,
                    NodeMessage.ToGateway _,
                    NodeMessage.StandbyPiece _,
                    NodeMessage.StandbyReply _,
                    NodeMessage.Deliver _,
                    NodeMessage.Delivered _,
                    NodeMessage.NotDelivered _,
                    NodeMessage.Answers _,
                    NodeMessage.Events _,
                    NodeMessage.Ask _,
                    NodeMessage.Told _,
                    NodeMessage.Nudge _ -> Lane.DATA;
        };
    }
}

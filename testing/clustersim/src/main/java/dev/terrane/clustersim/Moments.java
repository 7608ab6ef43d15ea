package dev.terrane.clustersim;

import dev.terrane.coordinator.Command;
import dev.terrane.node.NodeMessage;
import dev.terrane.protocol.cluster.CellInput;

/** Tells messages in which something is decided or changes hands from those of every tick. */
final class Moments {
    private Moments() {}

    /** What it is a step of; empty: of nothing. */
    static String of(NodeMessage message) {
        return switch (message) {
            case NodeMessage.ToCell to -> ofCell(to.input());
            case NodeMessage.Propose propose -> ofCommand(propose.entry().command());
            case NodeMessage.StandbyPiece piece -> piece.piece().number() < 2 ? "a base for a copy" : "";
            case NodeMessage.Claim _ -> "a claim";
            case NodeMessage.Claimed _ -> "an answer to a claim";
            default -> "";
        };
    }

    private static String ofCell(CellInput input) {
        return switch (input) {
            case CellInput.HandoffOffer _ -> "a hand-off";
            case CellInput.HandoffAck _ -> "a hand-off's answer";
            case CellInput.DeparturesStable _ -> "a hand-off's end";
            case CellInput.PeerContinues _, CellInput.PeerRestarting _ -> "news of a peer";
            case CellInput.Join _ -> "a join";
            default -> "";
        };
    }

    private static String ofCommand(Command command) {
        return switch (command) {
            case Command.FinishMove _ -> "a migration";
            case Command.StandbyReady _ -> "a copy that is whole";
            case Command.RenewCell _ -> "a cell that starts anew";
            case Command.RegisterNode _ -> "a node's introduction";
            default -> "";
        };
    }
}

package dev.terrane.raft;

import dev.terrane.coordinator.CoordinatorLog.Leadership;
import java.util.function.LongSupplier;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;

/** Who leads, as Ratis knows it here, and strictly: to lead is to have applied what came before, and to be heard by most. */
final class LeadershipView {
    private final DivisionInfo info;
    private final LongSupplier readyTerm;
    private final int peerCount;
    private final long silenceMillisMax;

    /**
     * @param readyTerm in which this peer has last been ready to lead
     * @param silenceMillisMax of most peers, while this one leads. Ratis looks for it only while it has nothing else to do
     */
    LeadershipView(DivisionInfo info, LongSupplier readyTerm, int peerCount, long silenceMillisMax) {
        this.info = info;
        this.readyTerm = readyTerm;
        this.peerCount = peerCount;
        this.silenceMillisMax = silenceMillisMax;
    }

    boolean isRunning() {
        return info.getLifeCycleState().isRunning();
    }

    boolean hasEnded() {
        return info.getLifeCycleState().isClosingOrClosed();
    }

    Leadership look() {
        long term = info.getCurrentTerm();
        RaftPeerId leader = info.getLeaderId();
        // Term and role change one after the other in Ratis: a role that was ready in an older term is not this term's.
        boolean here =
                info.isLeaderReady() && readyTerm.getAsLong() == term && isHeard() && info.getCurrentTerm() == term;
        return new Leadership(term, leader == null ? "" : leader.toString(), here);
    }

    private boolean isHeard() {
        int heard = 1;
        for (ServerRpcProto follower : info.getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
            if (follower.getLastRpcElapsedTimeMs() <= silenceMillisMax) {
                heard++;
            }
        }
        return 2 * heard > peerCount;
    }
}

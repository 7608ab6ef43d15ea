package dev.terrane.raft;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.RaftException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The way of a proposal to whoever leads: into this process, or over the network. It is sent once. Ratis' own client sends again by itself what may have arrived, and what keeps that
 * from being applied twice is not in snapshots.
 */
final class LeaderPath {
    private final RaftServer server;
    private final RaftGroupId group;
    private final ClientId client;
    private final RaftClientRpc network;
    private final Executor calls;
    /** Per peer, how many connections to it were given up. */
    private final Map<RaftPeerId, Integer> mended = new ConcurrentHashMap<>();

    /** What became of one try. */
    sealed interface Sent {
        record Answered(Proposed.Applied applied) implements Sent {}

        /** It is not in the log, and will not come: it may be sent again. */
        record NotTaken(String why) implements Sent {}

        /** It may be in the log. */
        record Unclear(String why) implements Sent {}
    }

    /** @param calls a thread for each proposal that goes to another process */
    LeaderPath(RaftServer server, RaftGroupId group, ClientId client, RaftClientRpc network, Executor calls) {
        this.server = server;
        this.group = group;
        this.client = client;
        this.network = network;
        this.calls = calls;
    }

    /** @param number of the proposal, never used for another one by this client */
    CompletableFuture<Sent> send(long number, byte[] entry) {
        try {
            DivisionInfo info = server.getDivision(group).getInfo();
            RaftPeerId leader = info.isLeader() ? server.getId() : info.getLeaderId();
            if (leader == null) {
                return CompletableFuture.completedFuture(new Sent.NotTaken("nobody leads"));
            }
            RaftClientRequest request = RaftClientRequest.newBuilder()
                    .setClientId(client)
                    .setServerId(leader)
                    .setGroupId(group)
                    .setCallId(number)
                    .setMessage(Message.valueOf(ByteString.copyFrom(entry)))
                    .setType(RaftClientRequest.writeRequestType())
                    .build();
            return leader.equals(server.getId())
                    ? server.submitClientRequestAsync(request).handle((reply, error) -> sent(reply, error))
                    : CompletableFuture.supplyAsync(() -> call(leader, request), calls);
        } catch (ServerNotReadyException e) {
            return CompletableFuture.completedFuture(new Sent.NotTaken(String.valueOf(e.getMessage())));
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.completedFuture(new Sent.Unclear(String.valueOf(e)));
        }
    }

    /** By a call of its own, which waits: on Ratis' shared stream one refusal ends all that are underway, and nobody knows which of them have arrived. */
    private Sent call(RaftPeerId leader, RaftClientRequest request) {
        int before = mended.getOrDefault(leader, 0);
        try {
            return sent(network.sendRequest(request), null);
        } catch (IOException | RuntimeException e) {
            mend(leader, before, e);
            return sent(null, e);
        }
    }

    /** One broken connection fails many proposals; only the first of them may give it up, the others would break the next one. */
    private void mend(RaftPeerId leader, int before, Throwable error) {
        if (mended.merge(leader, 1, (count, one) -> count == before ? count + one : count) == before + 1) {
            network.handleException(leader, error, true);
        }
    }

    private static Sent sent(@Nullable RaftClientReply reply, @Nullable Throwable error) {
        if (reply == null) {
            return new Sent.Unclear("the leader could not be asked: " + error);
        }
        RaftException refusal = reply.getException();
        if (refusal instanceof LeaderNotReadyException
                || refusal instanceof LeaderSteppingDownException
                || refusal instanceof ResourceUnavailableException) {
            return new Sent.NotTaken(String.valueOf(refusal.getMessage()));
        }
        if (refusal != null) {
            // Among these: it did not lead, or does not any more. In the second case the entry may be in the log.
            return new Sent.Unclear(String.valueOf(refusal.getMessage()));
        }
        try {
            return new Sent.Answered(
                    AnswerCodec.decode(reply.getMessage().getContent().toByteArray()));
        } catch (MalformedBytesException e) {
            return new Sent.Unclear("the leader's answer is of another build: " + e.getMessage());
        }
    }
}

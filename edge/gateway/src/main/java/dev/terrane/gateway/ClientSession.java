package dev.terrane.gateway;

import dev.terrane.base.CharacterId;
import dev.terrane.base.SessionId;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import org.jspecify.annotations.Nullable;

/** One client's place: what {@link Reception}, {@link Conversation} and {@link FrameDealer} know of it. */
final class ClientSession implements Session {
    /** Stands for "no deadline". */
    static final long NEVER = Long.MAX_VALUE;

    final SessionId id;
    final ClientLink link;
    ConnectionFacts facts;
    /** Asked about the token in Hello; null when the door has done so before. */
    @Nullable
    TokenGate gate;

    final RateBucket bucket;
    final InputLane lane;
    final LinkFlow flow = new LinkFlow();

    // ---- what it sees, see Viewpoints and Company
    @Nullable
    Viewpoint viewpoint;

    /** What the client has, while it is not in step with its company. */
    @Nullable
    ViewState own;

    /** What the client has of slices for groups; null while none were in view. */
    @Nullable
    GroupState groups;

    /** What the client was told of itself. */
    final ToldSelf told = new ToldSelf();

    final InputMargin margin = new InputMargin();

    int memberIndex;
    /** The next snapshot needs nothing before it: the client has nothing, or what it has is void. */
    boolean fresh = true;
    /** The last cell's frame that was for it. */
    long dealt;
    /** Its avatar's place in that frame. */
    int dealtPlace;

    SessionState state = SessionState.AWAIT_HELLO;
    /** The next moment at which the state has lasted too long. */
    long deadlineNanos;

    long heardAtNanos;
    long framedAtNanos;
    /** Somebody wants to know what it does. */
    boolean traced;

    /** Its link has something to flush; see {@link Touched}. */
    boolean touched;

    // ---- from Hello on
    @Nullable
    WorldMirror world;

    String name = "";
    /** Of the protocol that the client speaks. */
    int minor;

    boolean resumed;
    /** A token for each input, as fast as its world ticks and a little more; from Joined on. */
    @Nullable
    RateBucket inputPace;
    /** The same, but with room for all that a stall can hold back: who has no token here does not play fair. */
    @Nullable
    RateBucket fairPace;

    // ---- the way in, see Reception
    /** Is on Reception's list. */
    boolean onTheWay;

    int attempt;
    long retryAtNanos = NEVER;
    CellInput.@Nullable Join join;
    boolean joinTaken;

    // ---- where the avatar lives, from Admitted on
    @Nullable
    CellMirror cell;

    long epoch = CellPort.ANY_EPOCH;
    long avatar;
    int ownership;
    /** Under which it was let in last. */
    int generation;

    // ---- durable commands, see CommandCounter
    final CommandsInFlight inFlight = new CommandsInFlight(CommandCounter.IN_FLIGHT_COUNT_MAX);
    final HeldMessages held = new HeldMessages();
    /** Is on the counter's list of sessions with something held. */
    boolean isHolding;
    /** The command lane knows of it. */
    boolean attached;

    ClientSession(SessionId id, ClientLink link, ConnectionFacts facts, RateBucket bucket, InputLane lane) {
        this.id = id;
        this.link = link;
        this.facts = facts;
        this.bucket = bucket;
        this.lane = lane;
    }

    /** Asks about its token, once, unless the door knew before who it is. Null: now it is known; else why not. */
    TokenCheck.@Nullable Refused identify(String token) {
        TokenGate asked = gate;
        gate = null;
        return switch (asked == null ? null : asked.check(token)) {
            case null -> null;
            case TokenCheck.Refused no -> no;
            case TokenCheck.Accepted(VerifiedToken who) -> {
                facts = new ConnectionFacts(facts.ip(), who);
                yield null;
            }
        };
    }

    CharacterId character() {
        return facts.verified().character();
    }

    CommandPort.Caller caller() {
        return new CommandPort.Caller(character(), id.value());
    }

    /** The client got its Welcome: it plays, or did and will again. */
    boolean welcomed() {
        return state == SessionState.PLAYING || state == SessionState.REJOINING;
    }

    boolean knowsCommands() {
        return minor >= ProtocolVersion.COMMANDS_SINCE_MINOR;
    }

    /** The world it entered; only after Hello. */
    WorldMirror home() {
        WorldMirror home = world;
        if (home == null) {
            throw new IllegalStateException("session " + id + " is " + state + " and in no world yet");
        }
        return home;
    }

    @Override
    public SessionId id() {
        return id;
    }

    @Override
    public boolean closed() {
        return state == SessionState.CLOSED;
    }

    @Override
    public String toString() {
        return "session " + id + " (" + state + ")";
    }
}

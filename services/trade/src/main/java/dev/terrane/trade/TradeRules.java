package dev.terrane.trade;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.PayloadCodec;
import dev.terrane.command.PayloadRefusedException;
import dev.terrane.command.Resulted;
import dev.terrane.economy.EconomyErrors;
import dev.terrane.economy.EconomyLimits;
import dev.terrane.economy.EconomyResults;
import dev.terrane.trade.Trade.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides about commands to the trade. The order of steps is what makes it safe: money is set aside first, so it cannot be spent twice; goods change hands once, or are refused once;
 * only then is the money taken or freed, and neither of these can be refused for want of money.
 */
public final class TradeRules {
    private static final int ID_CHARS = 32;
    /** These say nothing about what the step has done: a lane has given it up, or it was sent once before with other words. */
    private static final Set<String> UNDECIDED = Set.of(CommandErrors.DEAD, CommandErrors.CONFLICT);

    private static final Pattern TARGET = Pattern.compile("[!-~]{0,64}");

    private final PayloadCodec codec;
    private final Steps steps;

    public TradeRules(PayloadCodec codec) {
        this.codec = codec;
        this.steps = new Steps(codec);
    }

    /** The trade that an accept begins: the same for the same command. */
    public static String idOf(CommandEnvelope accept) {
        return "trade-" + accept.idempotencyKey().toString().substring(0, ID_CHARS);
    }

    /** The step that a trade waits for, to be sent again when nothing has been heard for long: harmless, because it is the same command. */
    public Optional<CommandEnvelope> again(Trade trade, long nowMillis) {
        return Optional.ofNullable(steps.again(trade, nowMillis));
    }

    /** Decides, and puts what changes into the books. */
    public TradeRuling decide(TradeBooks books, CommandEnvelope command, Record payload, long nowMillis) {
        return switch (payload) {
            case TradeCommands.Post post -> post(books, command, post);
            case TradeCommands.Accept accept -> accept(books, command, accept, nowMillis);
            case Resulted resulted -> resulted(books, command, resulted, nowMillis);
            default -> throw new IllegalArgumentException("the trade has no rule for " + payload.getClass());
        };
    }

    private static TradeRuling post(TradeBooks books, CommandEnvelope command, TradeCommands.Post post) {
        if (command.origin().clientId().startsWith("character:")) {
            return TradeRuling.refused(CommandErrors.FORBIDDEN, "offers are put up by services and admins");
        }
        if (post.offer().isEmpty() || post.offer().length() > TradeLimits.NAME_CHARS_MAX) {
            return TradeRuling.refused(
                    TradeErrors.BAD_OFFER, "an offer's name has 1 to " + TradeLimits.NAME_CHARS_MAX + " characters");
        }
        if (post.unitPrice() < 1 || post.unitPrice() > EconomyLimits.AMOUNT_MAX) {
            return TradeRuling.refused(TradeErrors.AMOUNT_OUT_OF_RANGE, "a price of " + post.unitPrice());
        }
        if (!Steps.mayDeliver(post.deliver(), post.what())) {
            return TradeRuling.refused(
                    TradeErrors.BAD_OFFER, "'" + post.deliver() + "' cannot deliver '" + post.what() + "'");
        }
        books.put(new Offer(
                post.offer(),
                post.owner(),
                post.currency(),
                post.unitPrice(),
                post.buys(),
                post.deliver(),
                post.what()));
        return TradeRuling.done(List.of(), List.of());
    }

    private TradeRuling accept(TradeBooks books, CommandEnvelope command, TradeCommands.Accept accept, long nowMillis) {
        Offer offer = books.offer(accept.offer());
        if (offer == null) {
            return TradeRuling.refused(TradeErrors.UNKNOWN_OFFER, "there is no offer '" + accept.offer() + "'");
        }
        if (accept.quantity() < 1 || accept.quantity() > TradeLimits.QUANTITY_MAX) {
            return TradeRuling.refused(
                    TradeErrors.QUANTITY_OUT_OF_RANGE,
                    "a trade is about 1 to " + TradeLimits.QUANTITY_MAX + " pieces, not " + accept.quantity());
        }
        if (offer.unitPrice() > EconomyLimits.AMOUNT_MAX / accept.quantity()) {
            return TradeRuling.refused(TradeErrors.AMOUNT_OUT_OF_RANGE, "the total would be too large");
        }
        long total = offer.unitPrice() * accept.quantity();
        Long agreed = accept.totalMax();
        if (agreed != null && (offer.buys() ? total < agreed : total > agreed)) {
            return TradeRuling.refused(
                    TradeErrors.PRICE_CHANGED,
                    "it " + (offer.buys() ? "brings " : "costs ") + total + " now, you agreed to " + agreed);
        }
        String target = accept.target();
        if (target != null && !TARGET.matcher(target).matches()) {
            return TradeRuling.refused(TradeErrors.BAD_OFFER, "a target has at most 64 visible characters");
        }
        Trade trade = new Trade(
                idOf(command),
                command.origin().clientId(),
                offer,
                accept.quantity(),
                target == null ? "" : target,
                total,
                State.HOLDING,
                0,
                0,
                "",
                "");
        books.put(trade);
        return new TradeRuling(
                new CommandResult.Done(codec.encode(new TradeCommands.Accepted(trade.id(), total))),
                List.of(),
                List.of(steps.hold(trade, command.trace(), nowMillis)));
    }

    private TradeRuling resulted(TradeBooks books, CommandEnvelope command, Resulted resulted, long nowMillis) {
        if (!command.origin().clientId().equals(Resulted.CLIENT)) {
            return TradeRuling.refused(CommandErrors.FORBIDDEN, "only the lane tells results");
        }
        Trade trade = books.trade(resulted.matter());
        if (trade == null) {
            return TradeRuling.refused(TradeErrors.UNKNOWN_OFFER, "there is no trade " + resulted.matter());
        }
        boolean died = !resulted.done() && UNDECIDED.contains(resulted.errorCode());
        return switch (resulted.step()) {
            case Steps.HOLD -> held(books, trade, command, resulted, died, nowMillis);
            case Steps.DELIVER -> delivered(books, trade, command, resulted, died, nowMillis);
            case Steps.CAPTURE, Steps.RELEASE -> ended(books, trade, command, resulted, nowMillis);
            default -> TradeRuling.refused(TradeErrors.BAD_OFFER, "a trade has no step '" + resulted.step() + "'");
        };
    }

    private TradeRuling held(
            TradeBooks books, Trade trade, CommandEnvelope cause, Resulted resulted, boolean died, long nowMillis) {
        if (trade.state() != State.HOLDING && trade.state() != State.STUCK_HOLDING) {
            return TradeRuling.done(List.of(), List.of());
        }
        if (died) {
            return stuck(books, trade.in(State.STUCK_HOLDING), cause, resulted, nowMillis);
        }
        if (!resulted.done()) {
            return refuse(
                    books, trade.failing(State.REFUSED, resulted.errorCode(), resulted.reason()), cause, nowMillis);
        }
        EconomyResults.Held held = heldOf(resulted);
        Trade next = trade.held(held.hold(), held.expiresAtMillis());
        books.put(next);
        return TradeRuling.done(List.of(), List.of(steps.deliver(next, cause.trace(), nowMillis)));
    }

    private TradeRuling delivered(
            TradeBooks books, Trade trade, CommandEnvelope cause, Resulted resulted, boolean died, long nowMillis) {
        if (trade.state() != State.DELIVERING && trade.state() != State.STUCK_DELIVERING) {
            return TradeRuling.done(List.of(), List.of());
        }
        if (died) {
            return stuck(books, trade.in(State.STUCK_DELIVERING), cause, resulted, nowMillis);
        }
        Trade next = resulted.done()
                ? trade.in(State.CAPTURING)
                : trade.failing(State.RELEASING, resulted.errorCode(), resulted.reason());
        books.put(next);
        return TradeRuling.done(
                List.of(),
                List.of(
                        resulted.done()
                                ? steps.capture(next, cause.trace(), nowMillis)
                                : steps.release(next, cause.trace(), nowMillis)));
    }

    private TradeRuling ended(TradeBooks books, Trade trade, CommandEnvelope cause, Resulted resulted, long nowMillis) {
        boolean capturing = resulted.step().equals(Steps.CAPTURE);
        State waits = capturing ? State.CAPTURING : State.RELEASING;
        State stuck = capturing ? State.STUCK_CAPTURING : State.STUCK_RELEASING;
        if (trade.state() != waits && trade.state() != stuck) {
            return TradeRuling.done(List.of(), List.of());
        }
        // Its time was over, and it was released without us: what we wanted.
        boolean freed = !capturing && resulted.errorCode().equals(EconomyErrors.HOLD_ENDED);
        if (!resulted.done() && !freed) {
            return stuck(books, trade.in(stuck), cause, resulted, nowMillis);
        }
        if (!capturing) {
            return refuse(books, trade.in(State.REFUSED), cause, nowMillis);
        }
        Trade done = trade.in(State.DONE);
        books.put(done);
        return TradeRuling.done(List.of(steps.ended(done, cause, nowMillis)), List.of());
    }

    private TradeRuling refuse(TradeBooks books, Trade refused, CommandEnvelope cause, long nowMillis) {
        books.put(refused);
        return TradeRuling.done(List.of(steps.ended(refused, cause, nowMillis)), List.of());
    }

    private TradeRuling stuck(TradeBooks books, Trade stuck, CommandEnvelope cause, Resulted resulted, long nowMillis) {
        books.put(stuck);
        return TradeRuling.done(List.of(steps.stuck(stuck, cause, resulted, nowMillis)), List.of());
    }

    private EconomyResults.Held heldOf(Resulted resulted) {
        try {
            return codec.decode(Steps.HELD, resulted.payload().getBytes(StandardCharsets.UTF_8));
        } catch (PayloadRefusedException e) {
            throw new IllegalStateException("the economy's answer to a hold is not what it was: " + e.getMessage(), e);
        }
    }
}

package dev.terrane.trade;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.PayloadCodec;
import dev.terrane.command.Resulted;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyResults;
import dev.terrane.economy.WalletAddress;
import dev.terrane.inventory.ContainerAddress;
import dev.terrane.inventory.InventoryCommands;
import org.jspecify.annotations.Nullable;

/** The commands that a trade sends, each named by the trade and its step: sent again, it is the same command. */
final class Steps {
    static final String HOLD = "hold";
    static final String DELIVER = "deliver";
    static final String CAPTURE = "capture";
    static final String RELEASE = "release";

    /** Reads the answer to a hold. The name stands for nothing that is ever sent. */
    static final CommandType<EconomyResults.Held> HELD =
            new CommandType<>("cmd.economy.held", 1, EconomyResults.Held.class, (_, _) -> "");

    private static final String SERVICE = "service:trade";

    private final PayloadCodec codec;

    Steps(PayloadCodec codec) {
        this.codec = codec;
    }

    /** Whether such a command could deliver such goods. */
    static boolean mayDeliver(String type, String what) {
        try {
            return !Resulted.isResulted(type)
                    && deliveryOf(type).version() == 1
                    && (!type.equals(InventoryCommands.TRANSFER.name())
                            || Shelf.parse(what).isPresent());
        } catch (IllegalArgumentException noName) {
            return false;
        }
    }

    static CommandType<TradeCommands.Delivery> deliveryOf(String type) {
        return new CommandType<>(type, 1, TradeCommands.Delivery.class, (delivery, _) -> delivery.key());
    }

    CommandEnvelope hold(Trade trade, CommandEnvelope.Trace cause, long nowMillis) {
        return command(
                trade,
                HOLD,
                EconomyCommands.HOLD,
                new EconomyCommands.PlaceHold(
                        wallet(trade, trade.payer()),
                        wallet(trade, trade.payee()),
                        trade.total(),
                        TradeLimits.HOLD_MILLIS,
                        trade.id()),
                cause,
                nowMillis);
    }

    CommandEnvelope deliver(Trade trade, CommandEnvelope.Trace cause, long nowMillis) {
        if (trade.offer().deliver().equals(InventoryCommands.TRANSFER.name())) {
            return command(trade, DELIVER, InventoryCommands.TRANSFER, transfer(trade), cause, nowMillis);
        }
        return command(
                trade,
                DELIVER,
                deliveryOf(trade.offer().deliver()),
                new TradeCommands.Delivery(
                        trade.id(),
                        trade.customer(),
                        trade.offer().owner(),
                        trade.offer().what(),
                        trade.quantity(),
                        !trade.offer().buys(),
                        trade.target(),
                        trade.deliverUntilMillis()),
                cause,
                nowMillis);
    }

    private static InventoryCommands.Transfer transfer(Trade trade) {
        Offer offer = trade.offer();
        Shelf shelf = Shelf.parse(offer.what()).orElseThrow(); // looked at when it was put up
        String customers = ContainerAddress.of(trade.customer(), shelf.customerKind());
        String owners = ContainerAddress.of(offer.owner(), shelf.ownerKind());
        return new InventoryCommands.Transfer(
                offer.buys() ? customers : owners,
                offer.buys() ? owners : customers,
                shelf.item(),
                trade.quantity(),
                null,
                trade.id(),
                trade.deliverUntilMillis());
    }

    CommandEnvelope capture(Trade trade, CommandEnvelope.Trace cause, long nowMillis) {
        return command(
                trade,
                CAPTURE,
                EconomyCommands.CAPTURE,
                new EconomyCommands.Capture(wallet(trade, trade.payer()), trade.hold(), trade.total()),
                cause,
                nowMillis);
    }

    CommandEnvelope release(Trade trade, CommandEnvelope.Trace cause, long nowMillis) {
        return command(
                trade,
                RELEASE,
                EconomyCommands.RELEASE,
                new EconomyCommands.Release(wallet(trade, trade.payer()), trade.hold()),
                cause,
                nowMillis);
    }

    /** What the trade waits for, once more: the very same command, whose result is known if it was carried out. Null: it waits for nothing. */
    @Nullable
    CommandEnvelope again(Trade trade, long nowMillis) {
        CommandEnvelope.Trace cause = new CommandEnvelope.Trace(trade.id(), trade.id(), "", SERVICE, nowMillis);
        return switch (trade.state()) {
            case HOLDING -> hold(trade, cause, nowMillis);
            case DELIVERING -> deliver(trade, cause, nowMillis);
            case CAPTURING -> capture(trade, cause, nowMillis);
            case RELEASING -> release(trade, cause, nowMillis);
            case DONE, REFUSED, STUCK_HOLDING, STUCK_DELIVERING, STUCK_CAPTURING, STUCK_RELEASING -> null;
        };
    }

    private static String wallet(Trade trade, String owner) {
        return WalletAddress.of(owner, trade.offer().currency());
    }

    private <P extends Record> CommandEnvelope command(
            Trade trade, String step, CommandType<P> type, P payload, CommandEnvelope.Trace cause, long nowMillis) {
        String request = trade.id() + "/" + step;
        return new CommandEnvelope(
                type.name(),
                type.version(),
                type.keyRule().keyOf(payload, SERVICE),
                new CommandEnvelope.Origin(SERVICE, request),
                new CommandEnvelope.Trace(request, cause.correlationId(), cause.eventId(), SERVICE, nowMillis),
                codec.encode(payload));
    }

    EventEnvelope ended(Trade trade, CommandEnvelope cause, long nowMillis) {
        return event(
                TradeEvents.ENDED,
                trade,
                trade.id() + "/ended",
                trade.state() == Trade.State.DONE,
                trade.errorCode(),
                trade.reason(),
                cause,
                nowMillis);
    }

    EventEnvelope stuck(Trade trade, CommandEnvelope cause, Resulted resulted, long nowMillis) {
        return event(
                TradeEvents.STUCK,
                trade,
                trade.id() + "/stuck/" + resulted.step(),
                false,
                resulted.errorCode(),
                resulted.reason(),
                cause,
                nowMillis);
    }

    private EventEnvelope event(
            String topic,
            Trade trade,
            String id,
            boolean done,
            String code,
            String reason,
            CommandEnvelope cause,
            long nowMillis) {
        TradeEvents.Ended told = new TradeEvents.Ended(
                trade.id(), trade.offer().id(), trade.quantity(), trade.total(), done, code, reason);
        return new EventEnvelope(topic, trade.customer(), id, cause.trace().eventId(), nowMillis, codec.encode(told));
    }
}

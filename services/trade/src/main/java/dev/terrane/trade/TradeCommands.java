package dev.terrane.trade;

import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandType;
import dev.terrane.command.Expiring;
import dev.terrane.command.Resulted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the trade can be asked for. */
public final class TradeCommands {
    /** Puts an offer up, or changes it; services and admins only. Key: the offer. */
    public static final CommandType<Post> POST =
            new CommandType<>("cmd.trade.post", 1, Post.class, (post, _) -> clipped("offer/" + post.offer()));

    /** Takes an offer up. Answered when the trade has begun; how it ends is told by {@link TradeEvents}. Key: who takes it up. */
    public static final CommandType<Accept> ACCEPT =
            new CommandType<>("cmd.trade.accept", 1, Accept.class, (_, client) -> client).answering(Accepted.class);

    /** How a step of a trade ended. */
    public static final CommandType<Resulted> RESULTED = Resulted.typeFor("trade");

    /** All of them. */
    public static final List<CommandType<?>> ALL = List.of(POST, ACCEPT, RESULTED);

    private TradeCommands() {}

    /**
     * @param offer its name
     * @param owner client id of whoever sells or buys here
     * @param unitPrice of one piece, in the currency's smallest unit
     * @param buys the owner buys and pays; else it sells
     * @param deliver type of the command that brings the goods: {@code cmd.inventory.transfer}, or any {@code cmd.<receiver>.<verb>} with a {@link Delivery}; whoever carries it out
     *     hands over or takes away
     * @param what the goods, as that receiver calls them; of the inventory {@code item/customer's kind of container/owner's kind}
     */
    public record Post(
            String offer, String owner, String currency, long unitPrice, boolean buys, String deliver, String what) {}

    /**
     * @param totalMax nothing happens if it would cost more (or, where the owner buys, bring less)
     * @param target what the goods are for, if they are not for whoever asks: {@code region:1,0}
     */
    public record Accept(
            String offer,
            int quantity,
            @Nullable Long totalMax,
            @Nullable String target) {}

    /**
     * What the trade asks of whoever has the goods: exactly this, or nothing at all.
     *
     * @param customer client id of whoever took the offer up
     * @param toCustomer false: the customer sells
     * @param target empty: the customer itself
     * @param notAfterMillis until when the money is sure to be there: a receiver whose payload is {@link Expiring} delivers nothing later
     */
    public record Delivery(
            String trade,
            String customer,
            String owner,
            String what,
            int quantity,
            boolean toCustomer,
            String target,
            @Nullable Long notAfterMillis)
            implements Expiring {
        /** The key of a delivery: whom or what it is for. */
        public String key() {
            return target.isEmpty() ? customer : target;
        }
    }

    /** To an accept. @param total what it costs or brings */
    public record Accepted(String trade, long total) {}

    private static String clipped(String key) {
        return key.length() <= CommandLimits.KEY_CHARS_MAX ? key : key.substring(0, CommandLimits.KEY_CHARS_MAX);
    }
}

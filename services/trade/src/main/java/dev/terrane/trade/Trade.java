package dev.terrane.trade;

import org.jspecify.annotations.Nullable;

/**
 * A trade on its way: the saga's whole state.
 *
 * @param offer as it was when it was taken up
 * @param target empty: the customer
 * @param hold number of the money that is set aside; 0 before
 * @param holdUntilMillis when its time is over; 0 before
 * @param errorCode why it is or will be refused; empty if it is not
 */
public record Trade(
        String id,
        String customer,
        Offer offer,
        int quantity,
        String target,
        long total,
        State state,
        long hold,
        long holdUntilMillis,
        String errorCode,
        String reason) {
    /** See the picture of the package. */
    public enum State {
        HOLDING,
        DELIVERING,
        CAPTURING,
        RELEASING,
        DONE,
        REFUSED,
        /** A step was given up by its lane. If it is revived and succeeds after all, the trade goes on from there. */
        STUCK_HOLDING,
        STUCK_DELIVERING,
        STUCK_CAPTURING,
        STUCK_RELEASING
    }

    Trade in(State next) {
        return new Trade(id, customer, offer, quantity, target, total, next, hold, holdUntilMillis, errorCode, reason);
    }

    Trade held(long number, long untilMillis) {
        return new Trade(
                id, customer, offer, quantity, target, total, State.DELIVERING, number, untilMillis, errorCode, reason);
    }

    Trade failing(State next, String code, String why) {
        return new Trade(id, customer, offer, quantity, target, total, next, hold, holdUntilMillis, code, why);
    }

    /** When it is too late to hand goods over, for the money might be gone before it is taken. Null: not known. */
    @Nullable
    Long deliverUntilMillis() {
        return holdUntilMillis == 0 ? null : holdUntilMillis - TradeLimits.CAPTURE_MILLIS;
    }

    /** Owner of the money that pays. */
    String payer() {
        return offer.buys() ? offer.owner() : customer;
    }

    String payee() {
        return offer.buys() ? customer : offer.owner();
    }
}

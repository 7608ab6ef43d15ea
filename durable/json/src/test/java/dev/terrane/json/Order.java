package dev.terrane.json;

import dev.terrane.command.CommandType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payload with one component of each kind. */
record Order(
        UUID buyer,
        long amount,
        int count,
        boolean urgent,
        Speed speed,
        @Nullable Long limit,
        List<Line> lines) {
    static final CommandType<Order> TYPE = new CommandType<>("cmd.shop.order", 1, Order.class, (order, _) -> "shop");

    enum Speed {
        SLOW,
        FAST
    }

    /** What a line may hold is its own affair. */
    record Line(String item, int count, @Nullable Line instead) {
        Line {
            if (count < 1) {
                throw new IllegalArgumentException("count " + count + " must be positive");
            }
        }
    }
}

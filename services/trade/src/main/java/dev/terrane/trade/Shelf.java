package dev.terrane.trade;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Goods of the inventory, as an offer names them: {@code item/customer's kind/owner's kind}, for example {@code salvage/cargo/depot}.
 *
 * @param customerKind kind of container that the customer has them in
 */
record Shelf(String item, String customerKind, String ownerKind) {
    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9-]{0,31})/([a-z][a-z0-9]{0,15})/([a-z][a-z0-9]{0,15})");

    static Optional<Shelf> parse(String what) {
        Matcher matcher = FORM.matcher(what);
        return matcher.matches()
                ? Optional.of(new Shelf(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }
}

package dev.terrane.bench.load.cluster;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what players were told of their commands with what the books say in the end. */
final class Reckoning {
    private final List<Investment> asked;
    private final Map<Payment, Integer> inHexes;
    private final Map<Payment, Integer> fromWallets;
    private int lost;
    private int untold;
    private int doubled;

    /** An amount that a player paid, {@code character:<uuid>}. */
    record Payment(String player, long amount) {}

    /**
     * @param inHexes how often each payment is among what has been paid into the region that it was for
     * @param fromWallets how often each has left its wallet
     */
    Reckoning(List<Investment> asked, Map<Payment, Integer> inHexes, Map<Payment, Integer> fromWallets) {
        this.asked = List.copyOf(asked);
        this.inHexes = new HashMap<>(inHexes);
        this.fromWallets = new HashMap<>(fromWallets);
        this.asked.forEach(this::compare);
    }

    private void compare(Investment each) {
        Payment payment = new Payment(each.player(), each.amount());
        int inHex = inHexes.getOrDefault(payment, 0);
        int fromWallet = fromWallets.getOrDefault(payment, 0);
        int timesMax = switch (each.told()) {
            case REFUSED, UNDONE -> 0; // he was told that nothing happens
            case NOTHING, UNCERTAIN, BEGUN, DONE -> 1;
        };
        if (inHex > timesMax || fromWallet > timesMax) {
            doubled++;
        }
        boolean missing = inHex == 0 || fromWallet == 0;
        if (missing && (each.told() == Investment.Told.DONE || each.told() == Investment.Told.BEGUN)) {
            lost++; // an acknowledged one that never ends is lost as well
        } else if (each.told() == Investment.Told.BEGUN) {
            untold++;
        }
    }

    /** Acknowledged, and then without an effect or without an end. */
    int lost() {
        return lost;
    }

    /** Acknowledged and carried out, and the player was not told: events reach who plays at that moment. */
    int untold() {
        return untold;
    }

    /** With more effect than the player was told of: twice, or although it was refused. */
    int doubled() {
        return doubled;
    }

    /** By name, in the order in which they are to be told. */
    Map<String, Double> values() {
        Map<String, Double> found = new LinkedHashMap<>();
        found.put("commands", (double) asked.size());
        found.put("commandsAcknowledged", count(Investment.Told.BEGUN, Investment.Told.DONE, Investment.Told.UNDONE));
        found.put("commandsDone", count(Investment.Told.DONE));
        found.put(
                "commandsNotAcknowledged",
                count(Investment.Told.NOTHING, Investment.Told.REFUSED, Investment.Told.UNCERTAIN));
        found.put("acknowledgedCommandsLost", (double) lost);
        found.put("acknowledgedCommandsDoubled", (double) doubled);
        found.put("acknowledgedEndsNotTold", (double) untold);
        return found;
    }

    private double count(Investment.Told... those) {
        return asked.stream()
                .filter(each -> List.of(those).contains(each.told()))
                .count();
    }
}

package dev.terrane.bookkit;

import dev.terrane.base.Rng;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyCommands.Burn;
import dev.terrane.economy.EconomyCommands.Capture;
import dev.terrane.economy.EconomyCommands.Exchange;
import dev.terrane.economy.EconomyCommands.Issue;
import dev.terrane.economy.EconomyCommands.Open;
import dev.terrane.economy.EconomyCommands.PlaceHold;
import dev.terrane.economy.EconomyCommands.Release;
import dev.terrane.economy.EconomyCommands.Reverse;
import dev.terrane.economy.EconomyCommands.SetRate;
import dev.terrane.economy.EconomyCommands.Transfer;
import dev.terrane.economy.EconomyLimits;
import java.util.ArrayList;
import java.util.List;

/** Wishes by seed: mostly sensible, often not. One thread. */
final class EconomyScript {
    /** Who wishes what. */
    record Line(String who, Record wish) {}

    private final Rng rng;
    private final List<String> currencies;
    private final List<String> characters = new ArrayList<>();
    private final List<String> trusted;
    private final String station;
    private final List<PlacedHold> holds = new ArrayList<>();
    private final List<Long> transactions = new ArrayList<>();

    private record PlacedHold(long number, PlaceHold wish) {}

    /** @param tag of everybody in this trial, so that trials on one database do not meet */
    EconomyScript(Rng rng, String tag, List<String> currencies) {
        this.rng = rng;
        this.currencies = currencies;
        for (int i = 0; i < 5; i++) {
            characters.add("character:" + tag + "-" + i);
        }
        this.station = "service:station-" + tag;
        this.trusted = List.of(station, "cell:" + tag, "admin:" + tag);
    }

    /** What everybody begins with. */
    List<Line> opening() {
        List<Line> lines = new ArrayList<>();
        for (String currency : currencies) {
            for (String character : characters.subList(0, 4)) {
                lines.add(new Line(character, new Open(character + "/" + currency)));
                lines.add(new Line(trusted.get(1), new Issue(character + "/" + currency, 500, "welcome")));
            }
            lines.add(new Line(station, new Issue(station + "/" + currency, 1_000, null)));
            lines.add(new Line(station, new Issue("system:exchange/" + currency, 5_000, null)));
        }
        return lines;
    }

    Line next() {
        int dice = rng.nextInt(100);
        if (dice < 40) {
            return spend(new Transfer(wallet(), wallet(), amount(), rng.chance(0.2f) ? "for " + dice : null));
        } else if (dice < 50) {
            return spend(
                    new PlaceHold(wallet(), wallet(), amount(), rng.chance(0.05f) ? 0 : 1 + rng.nextInt(5_000), null));
        } else if (dice < 64 && !holds.isEmpty()) {
            return endHold();
        } else if (dice < 72) {
            Long atLeast = rng.chance(0.3f) ? Long.valueOf(amount()) : null;
            return spend(new Exchange(wallet(), wallet(), amount(), atLeast));
        } else if (dice < 80) {
            return new Line(mostlyTrusted(), new Issue(wallet(), amount(), null));
        } else if (dice < 84) {
            return new Line(mostlyTrusted(), new Burn(wallet(), amount(), null));
        } else if (dice < 90) {
            long transaction = transactions.isEmpty() || rng.chance(0.1f) ? 5 : pick(transactions);
            return new Line(mostlyTrusted(), new Reverse(transaction, null));
        } else if (dice < 95) {
            return new Line(rng.chance(0.5f) ? pick(characters) : mostlyTrusted(), new Open(wallet()));
        }
        return new Line(
                mostlyTrusted(),
                new SetRate(currency(), currency(), rng.nextInt(40), rng.nextInt(40), rng.nextInt(3) * 25_000));
    }

    /** The same wish with something else in it, under the same key. */
    Record altered(Record wish) {
        return switch (wish) {
            case Transfer w -> new Transfer(w.from(), w.to(), w.amount() ^ 1, w.reference());
            case PlaceHold w -> new PlaceHold(w.from(), w.to(), w.amount() ^ 1, w.millis(), w.reference());
            case Capture w -> new Capture(w.from(), w.hold(), w.amount() ^ 1);
            case Release w -> new Release(w.from(), w.hold() ^ 1);
            case Exchange w -> new Exchange(w.from(), w.to(), w.amount() ^ 1, w.atLeast());
            case Issue w -> new Issue(w.to(), w.amount() ^ 1, w.reference());
            case Burn w -> new Burn(w.from(), w.amount() ^ 1, w.reference());
            case Reverse w -> new Reverse(w.transaction(), w.reference() == null ? "again" : null);
            case SetRate w -> new SetRate(w.from(), w.to(), w.numerator() ^ 1, w.denominator(), w.feeMillionths());
            case Open w -> w; // there is nothing else in it
            default -> throw new IllegalStateException(wish.toString());
        };
    }

    /** Learns what the books call something that was done. */
    void done(Record wish, long number) {
        transactions.add(number);
        if (wish instanceof PlaceHold hold) {
            holds.add(new PlacedHold(number, hold));
        }
    }

    private Line endHold() {
        PlacedHold hold = pick(holds);
        String from = rng.chance(0.05f) ? wallet() : hold.wish.from();
        long amount = rng.chance(0.7f) ? Math.max(1, hold.wish.amount() - rng.nextInt(3)) : amount();
        String payee = hold.wish.to().substring(0, hold.wish.to().indexOf('/'));
        String who = rng.chance(0.5f) ? payee : anybody();
        return new Line(
                who, rng.chance(0.6f) ? new Capture(from, hold.number, amount) : new Release(from, hold.number));
    }

    /** Mostly by whoever may. */
    private Line spend(Record wish) {
        String from = switch (wish) {
            case Transfer transfer -> transfer.from();
            case PlaceHold hold -> hold.from();
            case Exchange exchange -> exchange.from();
            default -> throw new IllegalStateException(wish.toString());
        };
        return new Line(rng.chance(0.85f) ? from.substring(0, from.indexOf('/')) : anybody(), wish);
    }

    private String wallet() {
        int dice = rng.nextInt(100);
        if (dice < 80) {
            return pick(characters) + "/" + currency();
        } else if (dice < 90) {
            return station + "/" + currency();
        } else if (dice < 93) {
            return "system:exchange/" + currency();
        } else if (dice < 95) {
            return "system:mint/" + currency();
        } else if (dice < 97) {
            return pick(characters) + "/" + currency() + "/savings";
        }
        return pick(characters) + "/doubloons";
    }

    private long amount() {
        int dice = rng.nextInt(100);
        if (dice < 85) {
            return 1 + rng.nextInt(200);
        } else if (dice < 90) {
            return 1 + rng.nextInt(5_000);
        }
        return switch (rng.nextInt(7)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> EconomyLimits.AMOUNT_MAX;
            case 3 -> EconomyLimits.AMOUNT_MAX + 1;
            case 4 -> Long.MAX_VALUE;
            case 5 -> Long.MIN_VALUE;
            default -> EconomyLimits.AMOUNT_MAX - rng.nextInt(2_000);
        };
    }

    private String currency() {
        return pick(currencies);
    }

    private String mostlyTrusted() {
        return rng.chance(0.85f) ? pick(trusted) : anybody();
    }

    private String anybody() {
        return rng.chance(0.05f) ? "guest:nobody" : rng.chance(0.8f) ? pick(characters) : pick(trusted);
    }

    private <T> T pick(List<T> list) {
        return list.get(rng.nextInt(list.size()));
    }

    static {
        // Whoever adds a command is reminded to let it be tried here.
        if (EconomyCommands.ALL.size() != 10) {
            throw new IllegalStateException("this script knows 10 kinds of commands");
        }
    }
}

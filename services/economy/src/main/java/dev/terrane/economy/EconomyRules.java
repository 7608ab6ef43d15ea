package dev.terrane.economy;

import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.PayloadCodec;
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
import dev.terrane.economy.Posting.Kind;
import dev.terrane.economy.Posting.Move;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the economy allows. Each command is decided as a whole: refused, with nothing changed, or noted down in the {@link Books}. Keeps nothing between commands;
 * any thread may use it.
 */
public final class EconomyRules {
    private final PayloadCodec codec;

    /** @param codec for results and events */
    public EconomyRules(PayloadCodec codec) {
        this.codec = codec;
    }

    /**
     * Decides a command on books that have all that {@link Needs} says.
     *
     * @param payload of one of {@link EconomyCommands#ALL}
     * @throws IllegalStateException if the books lack something, or the payload is a stranger's: a bug; nothing was changed
     */
    public Ruling decide(Books books, Asked asked, Record payload) {
        int before = books.posted().size();
        Record result;
        try {
            result = new Deciding(books, asked).result(payload);
        } catch (RefusedException e) {
            return new Ruling(e.refusal(), List.of());
        }
        List<Posting> posted = books.posted();
        return new Ruling(
                new CommandResult.Done(codec.encode(result)),
                events(asked, books.nowMillis(), posted.subList(before, posted.size())));
    }

    private List<EventEnvelope> events(Asked asked, long nowMillis, List<Posting> postings) {
        List<EventEnvelope> events = new ArrayList<>(postings.size());
        for (Posting posting : postings) {
            Move move = posting.move();
            EconomyResults.Posted told = new EconomyResults.Posted(
                    posting.transaction(),
                    move.kind().name(),
                    move.from().address(),
                    move.to().address(),
                    move.amount(),
                    posting.cause().reference());
            events.add(new EventEnvelope(
                    EconomyResults.POSTED,
                    asked.commandKey(),
                    "economy-" + posting.id(),
                    asked.eventId(),
                    nowMillis,
                    codec.encode(told)));
        }
        return events;
    }

    /** One command. Everything that can refuse comes before the first thing that is noted down. */
    private record Deciding(Books books, Asked asked, Standing standing) {
        private Deciding(Books books, Asked asked) {
            this(books, asked, Standing.of(asked.clientId()));
        }

        private Record result(Record payload) {
            return switch (payload) {
                case Transfer transfer -> transfer(transfer);
                case Issue issue -> issue(issue);
                case Burn burn -> burn(burn);
                case Open open -> open(open);
                case Exchange exchange -> exchange(exchange);
                case PlaceHold hold -> hold(hold);
                case Capture capture -> capture(capture);
                case Release release -> release(release);
                case Reverse reverse -> reverse(reverse);
                case SetRate rate -> rate(rate);
                default -> throw new IllegalStateException(payload + " is nothing that the economy knows");
            };
        }

        private Record transfer(Transfer wish) {
            Posting.Cause cause = cause(wish.reference());
            amount(wish.amount());
            Account from = own(wish.from());
            Account to = account(wish.to());
            Checks.pair(from, to);
            long transaction = post(List.of(move(Kind.TRANSFER, from, to, wish.amount())), cause);
            return new EconomyResults.Moved(transaction, from.available());
        }

        private Record issue(Issue wish) {
            Posting.Cause cause = cause(wish.reference());
            amount(wish.amount());
            require(standing.trusted(), CommandErrors.FORBIDDEN, asked.clientId() + " may not issue money");
            WalletAddress address = address(wish.to());
            Account mint = account(WalletAddress.mint(address.currency()));
            require(
                    address.kind() != Wallet.Kind.ISSUER,
                    EconomyErrors.SAME_WALLET,
                    "money is issued by the mint, not to it");
            // A new wallet is empty: what could stand against the amount, the range above, was looked at.
            Account to = books.account(wish.to()).orElse(null);
            if (to == null) {
                Checks.issuable(mint, wish.amount());
                to = books.open(address);
            }
            long transaction = post(List.of(move(Kind.ISSUE, mint, to, wish.amount())), cause);
            return new EconomyResults.Moved(transaction, to.available());
        }

        private Record burn(Burn wish) {
            Posting.Cause cause = cause(wish.reference());
            amount(wish.amount());
            require(standing.trusted(), CommandErrors.FORBIDDEN, asked.clientId() + " may not burn money");
            Account from = account(wish.from());
            Account mint = account(WalletAddress.mint(from.wallet().currency()));
            Checks.pair(from, mint);
            long transaction = post(List.of(move(Kind.BURN, from, mint, wish.amount())), cause);
            return new EconomyResults.Moved(transaction, from.available());
        }

        private Record open(Open wish) {
            WalletAddress address = address(wish.wallet());
            require(
                    standing.trusted()
                            || standing == Standing.CHARACTER && address.owner().equals(asked.clientId()),
                    EconomyErrors.FOREIGN_WALLET,
                    asked.clientId() + " opens wallets of its own only, not one of " + address.owner());
            boolean created = books.account(wish.wallet()).isEmpty();
            require(
                    !created || !address.owner().startsWith("system:"),
                    CommandErrors.FORBIDDEN,
                    "wallets of the system come with their currency");
            require(
                    !created
                            || standing.trusted()
                            || books.walletCount(address.owner()) < EconomyLimits.WALLETS_PER_CHARACTER_MAX,
                    EconomyErrors.TOO_MANY_WALLETS,
                    address.owner() + " has " + EconomyLimits.WALLETS_PER_CHARACTER_MAX + " wallets already");
            Account account = created ? books.open(address) : account(wish.wallet());
            return new EconomyResults.Opened(wish.wallet(), created, account.available());
        }

        private Record exchange(Exchange wish) {
            amount(wish.amount());
            Account from = own(wish.from());
            Account to = account(wish.to());
            String paid = from.wallet().currency();
            String wanted = to.wallet().currency();
            Rate rate = books.rate(paid, wanted)
                    .orElseThrow(() -> new RefusedException(
                            EconomyErrors.RATE_UNKNOWN, "nobody has set a rate from " + paid + " to " + wanted));
            long fee = rate.fee(wish.amount());
            long given = rate.given(wish.amount() - fee);
            require(
                    fee < wish.amount() && given > 0 && given <= EconomyLimits.AMOUNT_MAX,
                    EconomyErrors.AMOUNT_OUT_OF_RANGE,
                    wish.amount() + " of " + paid + " are too few or too many to be exchanged into " + wanted);
            Long atLeast = wish.atLeast();
            require(
                    atLeast == null || given >= atLeast,
                    EconomyErrors.RATE_TOO_LOW,
                    "the rate gives " + given + ", less than the " + atLeast + " asked for");
            Account till = account(WalletAddress.exchange(wanted));
            require(
                    till.available() >= given,
                    EconomyErrors.EXCHANGE_EMPTY,
                    "the exchange has only " + till.available() + " of " + wanted);
            List<Move> moves = new ArrayList<>();
            moves.add(move(Kind.EXCHANGE, from, account(WalletAddress.exchange(paid)), wish.amount() - fee));
            if (fee > 0) {
                moves.add(move(Kind.FEE, from, account(WalletAddress.fees(paid)), fee));
            }
            moves.add(move(Kind.EXCHANGE, till, to, given));
            Checks.noSelf(moves);
            long transaction = post(moves, cause(null));
            return new EconomyResults.Exchanged(transaction, fee, given, from.available());
        }

        private Record hold(PlaceHold wish) {
            Posting.Cause cause = cause(wish.reference());
            amount(wish.amount());
            require(
                    wish.millis() > 0 && wish.millis() <= EconomyLimits.HOLD_MILLIS_MAX,
                    EconomyErrors.HOLD_TIME_OUT_OF_RANGE,
                    "a hold lasts 1 to " + EconomyLimits.HOLD_MILLIS_MAX + " ms, not " + wish.millis());
            Account from = own(wish.from());
            Account to = account(wish.to());
            Checks.pair(from, to);
            long id = post(List.of(move(Kind.HOLD, from, from, wish.amount())), cause);
            long expiresAtMillis = books.nowMillis() + wish.millis();
            books.place(new Hold(id, from.wallet(), to.wallet(), wish.amount(), expiresAtMillis));
            return new EconomyResults.Held(id, expiresAtMillis, from.available());
        }

        private Record capture(Capture wish) {
            amount(wish.amount());
            Hold hold = openHold(wish.from(), wish.hold());
            require(
                    standing.trusted() || owns(hold.to()),
                    EconomyErrors.FOREIGN_WALLET,
                    "what is held is for " + hold.to().address() + ", whose owner captures it");
            require(
                    books.nowMillis() < hold.expiresAtMillis(),
                    EconomyErrors.HOLD_EXPIRED,
                    "hold " + hold.id() + " could be captured until " + hold.expiresAtMillis());
            require(
                    wish.amount() <= hold.amount(),
                    EconomyErrors.HOLD_EXCEEDED,
                    "hold " + hold.id() + " is of " + hold.amount() + ", less than " + wish.amount());
            Account from = account(hold.from().address());
            List<Move> moves = new ArrayList<>();
            moves.add(move(Kind.CAPTURE, from, account(hold.to().address()), wish.amount()));
            long rest = hold.amount() - wish.amount();
            if (rest > 0) {
                moves.add(move(Kind.RELEASE, from, from, rest));
            }
            long transaction = post(moves, cause(null));
            books.end(hold, wish.amount());
            return new EconomyResults.HoldEnded(transaction, wish.amount(), rest);
        }

        private Record release(Release wish) {
            Hold hold = openHold(wish.from(), wish.hold());
            boolean expired = books.nowMillis() >= hold.expiresAtMillis();
            if (!standing.trusted() && !owns(hold.to())) {
                require(owns(hold.from()), EconomyErrors.FOREIGN_WALLET, "hold " + hold.id() + " is others' business");
                require(
                        expired,
                        EconomyErrors.HOLD_ACTIVE,
                        "hold " + hold.id() + " is the payee's to release until " + hold.expiresAtMillis());
            }
            Account from = account(hold.from().address());
            long transaction = post(List.of(move(Kind.RELEASE, from, from, hold.amount())), cause(null));
            books.end(hold, 0);
            return new EconomyResults.HoldEnded(transaction, 0, hold.amount());
        }

        private Record reverse(Reverse wish) {
            Posting.Cause cause = cause(wish.reference());
            require(standing.corrects(), CommandErrors.FORBIDDEN, asked.clientId() + " may not reverse transactions");
            List<Posting> originals = books.transaction(wish.transaction());
            require(
                    !originals.isEmpty(),
                    EconomyErrors.UNKNOWN_TRANSACTION,
                    "there is no transaction " + wish.transaction());
            require(
                    !books.isReversed(wish.transaction()),
                    EconomyErrors.ALREADY_REVERSED,
                    "transaction " + wish.transaction() + " has been reversed before");
            List<Move> moves = new ArrayList<>();
            List<Long> reversed = new ArrayList<>();
            for (Posting original : originals.reversed()) {
                Move move = original.move();
                if (move.kind().reversible()) {
                    moves.add(new Move(Kind.REVERSAL, move.to(), move.from(), move.amount()));
                    reversed.add(original.id());
                }
            }
            require(
                    !moves.isEmpty(),
                    EconomyErrors.NOT_REVERSIBLE,
                    "transaction " + wish.transaction() + " only set money aside, freed it, or is a reversal itself");
            Checks.possible(books, moves);
            long transaction = books.post(moves, cause, reversed);
            books.takeBack(wish.transaction());
            return new EconomyResults.Reversed(transaction, wish.transaction());
        }

        private Record rate(SetRate wish) {
            require(standing.corrects(), CommandErrors.FORBIDDEN, asked.clientId() + " may not set rates");
            Rate rate = new Rate(wish.from(), wish.to(), wish.numerator(), wish.denominator(), wish.feeMillionths());
            for (String currency : List.of(wish.from(), wish.to())) {
                Checks.currency(books, currency);
            }
            require(
                    !wish.from().equals(wish.to()),
                    EconomyErrors.CURRENCY_MISMATCH,
                    "a rate is between two currencies");
            require(
                    rate.inRange(),
                    EconomyErrors.RATE_OUT_OF_RANGE,
                    "numerator and denominator are 1 to " + EconomyLimits.AMOUNT_MAX + ", the fee below "
                            + EconomyLimits.MILLION + " millionths");
            books.set(rate);
            return new EconomyResults.RateSet(wish.from(), wish.to());
        }

        private Hold openHold(String from, long id) {
            Hold hold = books.hold(id)
                    .filter(found -> found.from().address().equals(from))
                    .orElseThrow(() ->
                            new RefusedException(EconomyErrors.HOLD_UNKNOWN, "there is no hold " + id + " on " + from));
            require(!books.isOver(hold), EconomyErrors.HOLD_ENDED, "hold " + id + " was captured or released before");
            return hold;
        }

        private long post(List<Move> moves, Posting.Cause cause) {
            Checks.possible(books, moves);
            return books.post(moves, cause, List.of());
        }

        private Account account(String address) {
            return Checks.account(books, address);
        }

        private Account own(String address) {
            Account account = account(address);
            require(
                    standing.trusted() || owns(account.wallet()),
                    EconomyErrors.FOREIGN_WALLET,
                    asked.clientId() + " may not spend from " + address);
            return account;
        }

        private boolean owns(Wallet wallet) {
            return standing == Standing.CHARACTER && wallet.owner().equals(asked.clientId());
        }

        private WalletAddress address(String text) {
            return Checks.address(books, text);
        }

        private Posting.Cause cause(@Nullable String reference) {
            String note = reference == null ? "" : reference;
            require(
                    note.length() <= EconomyLimits.REFERENCE_CHARS_MAX,
                    CommandErrors.INVALID_PAYLOAD,
                    "a reference has at most " + EconomyLimits.REFERENCE_CHARS_MAX + " characters");
            return new Posting.Cause(asked.key(), note, books.nowMillis());
        }

        private static Move move(Kind kind, Account from, Account to, long amount) {
            return new Move(kind, from.wallet(), to.wallet(), amount);
        }

        private static void amount(long amount) {
            Checks.amount(amount);
        }

        private static void require(boolean fact, String code, String reason) {
            if (!fact) {
                throw new RefusedException(code, reason);
            }
        }
    }
}

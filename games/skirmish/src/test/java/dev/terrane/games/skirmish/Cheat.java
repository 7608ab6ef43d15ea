package dev.terrane.games.skirmish;

import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.cluster.Offence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a manipulated client makes of its player's wishes. It sees everything and can say anything; what it says goes through a real gateway. */
enum Cheat {
    /** None: what a fair client sends. */
    NONE(null),
    /** Both axes at once are longer than either. Legal, and cut. */
    DIAGONAL(null) {
        @Override
        ClientInput twist(ClientInput fair) {
            return with(fair, fair.clientTick(), fair.viewTick(), 1, 1, fair.held(), fair.pressed());
        }
    },
    /** Acts in ticks long past and far ahead. */
    TICKS(Offence.CLOCK) {
        @Override
        ClientInput twist(ClientInput fair) {
            int shift = fair.seq() % 2 == 0 ? 1_000_000 : -200;
            return with(fair, fair.clientTick() + shift, fair.viewTick(), fair.moveX(), fair.moveY(), fair.held(), 0);
        }
    },
    /** Sees whatever past suits its shot. */
    PASTS(Offence.VIEW) {
        @Override
        ClientInput twist(ClientInput fair) {
            int shift = fair.seq() % 4 == 0 ? 40 : 0;
            return with(
                    fair,
                    fair.clientTick(),
                    Math.max(1, fair.viewTick() - shift),
                    fair.moveX(),
                    fair.moveY(),
                    fair.held(),
                    fair.pressed());
        }
    },
    /** Pulls the trigger in each input. */
    RAPID_FIRE(Offence.PRESSES) {
        @Override
        ClientInput twist(ClientInput fair) {
            return with(
                    fair,
                    fair.clientTick(),
                    fair.viewTick(),
                    fair.moveX(),
                    fair.moveY(),
                    fair.held(),
                    fair.held() & Buttons.FIRE);
        }
    },
    /** Two inputs for each tick. */
    HASTE(Offence.HASTE) {
        @Override
        List<ClientInput> send(ClientInput fair, int nextSeq) {
            List<ClientInput> all = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                all.add(new ClientInput(
                        nextSeq + i,
                        0,
                        fair.viewTick(),
                        fair.moveX(),
                        fair.moveY(),
                        fair.aim(),
                        fair.held(),
                        fair.held() & Buttons.FIRE));
            }
            return all;
        }
    },
    /** Sends what it has sent before once more. */
    REPLAY(Offence.REPLAY) {
        @Override
        List<ClientInput> send(ClientInput fair, int nextSeq) {
            int oldSeq = Math.max(1, nextSeq - 5);
            ClientInput old = new ClientInput(
                    oldSeq,
                    fair.clientTick(),
                    fair.viewTick(),
                    fair.moveX(),
                    fair.moveY(),
                    fair.aim(),
                    fair.held(),
                    fair.held());
            return List.of(fair, fair, old);
        }
    },
    /** Wishes to be three times as fast as wishes can be. */
    BEYOND(Offence.INVALID) {
        @Override
        ClientInput twist(ClientInput fair) {
            return with(fair, fair.clientTick(), fair.viewTick(), 3, 0, fair.held(), fair.pressed());
        }
    },
    /** Wishes for what is no number. */
    NO_NUMBER(Offence.INVALID) {
        @Override
        ClientInput twist(ClientInput fair) {
            return with(fair, fair.clientTick(), fair.viewTick(), Float.NaN, 0, fair.held(), fair.pressed());
        }
    },
    /** Ten inputs for each tick. */
    FLOOD(Offence.FLOOD) {
        @Override
        List<ClientInput> send(ClientInput fair, int nextSeq) {
            List<ClientInput> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(new ClientInput(
                        nextSeq + i, 0, 0, fair.moveX(), fair.moveY(), fair.aim(), fair.held(), fair.held()));
            }
            return all;
        }
    };

    /** As what it is caught; null: it is no offence. */
    final @Nullable Offence offence;

    Cheat(@Nullable Offence offence) {
        this.offence = offence;
    }

    ClientInput twist(ClientInput fair) {
        return fair;
    }

    /** What it sends in place of the fair input of a tick, which has the number {@code nextSeq}. */
    List<ClientInput> send(ClientInput fair, int nextSeq) {
        return List.of(twist(fair));
    }

    private static ClientInput with(
            ClientInput fair, int clientTick, float viewTick, float moveX, float moveY, int held, int pressed) {
        return new ClientInput(fair.seq(), clientTick, viewTick, moveX, moveY, fair.aim(), held, pressed);
    }
}

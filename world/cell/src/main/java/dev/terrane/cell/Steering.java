package dev.terrane.cell;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.WorldContext.MessageHandler;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import dev.terrane.protocol.cluster.CellInput.PlayerMessage;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * From messages of players to {@link dev.terrane.plugin.kit.Controls}: each avatar gets one input per tick.
 *
 * <p>A gateway learns of a hand-off when the avatar is already offered to its new cell, so an input may be drained in the very tick that
 * takes the avatar in, at its end at the latest. Such strays wait for that, and only then are dropped.
 */
final class Steering {
    private final Body body;
    private final Rules rules;
    private final Turn turn;
    private final ViewLag viewLag;
    private final List<PlayerMessage> messages = new ArrayList<>();
    private final List<CellInput> strays = new ArrayList<>();

    Steering(Body body, Rules rules, Turn turn) {
        this.body = body;
        this.rules = rules;
        this.turn = turn;
        this.viewLag = new ViewLag(body.spec.settings().rewind().maxTicks(), body.meters);
    }

    /** A message from the input lane. */
    void take(CellInput message) {
        if (!route(message)) {
            strays.add(message);
        }
    }

    /** Once early arrivals are seated: their inputs are of this tick. What is still nobody's goes on waiting. */
    void routeStrays() {
        strays.removeIf(this::route);
    }

    /** Once arrivals are seated: what is still nobody's is dropped. */
    void retryStrays() {
        for (int i = 0; i < strays.size(); i++) {
            if (!route(strays.get(i))) {
                body.meters.inputsStray.one();
            }
        }
        strays.clear();
    }

    private boolean route(CellInput message) {
        return switch (message) {
            case PlayerInput input -> {
                Driver driver = body.drivers.ofSession(input.session());
                if (driver != null) {
                    count(driver.inputs.offer(input));
                }
                yield driver != null;
            }
            case PlayerMessage sent -> {
                boolean known = body.drivers.ofSession(sent.session()) != null;
                if (known) {
                    messages.add(sent);
                }
                yield known;
            }
            default -> throw new IllegalArgumentException("not a player's message: " + message);
        };
    }

    private void count(JitterBuffer.Outcome outcome) {
        switch (outcome) {
            case QUEUED -> {}
            case QUEUED_DROPPING_OLDEST -> body.meters.inputsDropped.one();
            case OLD -> body.meters.inputsOld.one();
        }
    }

    /** Writes this tick's wishes into the avatars of connected drivers. */
    void writeControls() {
        for (int i = 0; i < body.drivers.count(); i++) {
            Driver driver = body.drivers.at(i);
            if (driver.connected()) {
                steer(driver);
            }
        }
    }

    private void steer(Driver driver) {
        EntityStore store = body.population.store;
        KitFields kit = body.population.kit;
        Table table = store.tableOf(driver.handle);
        int row = store.rowOf(driver.handle);
        JitterBuffer inputs = driver.inputs;
        if (inputs.trim()) {
            body.meters.inputsDropped.one();
        }
        PlayerInput input = inputs.take(body.tick);
        if (input == null) {
            // Starved: whoever holds a key goes on holding it, but a shot is not fired twice.
            table.ints(kit.pressed).set(row, inputs.takeCarried());
            body.meters.inputsStarved.one();
            return;
        }
        driver.viewLagTicks = driver.conduct.view(body.tick, viewLag.of(body.tick, input.viewTick()));
        table.floats(kit.moveX).set(row, input.moveX());
        table.floats(kit.moveY).set(row, input.moveY());
        table.floats(kit.aim).set(row, input.aim());
        table.ints(kit.held).set(row, input.held());
        table.ints(kit.pressed).set(row, input.pressed() | inputs.takeCarried());
        table.ints(kit.ackedSeq).set(row, input.seq());
        driver.ackedSeq = input.seq();
        body.conduct.heard(driver, input);
    }

    /** Lets plugins handle what players asked for, in order of arrival. */
    void runMessages() {
        for (int i = 0; i < messages.size(); i++) {
            PlayerMessage message = messages.get(i);
            Driver driver = body.drivers.ofSession(message.session());
            if (driver == null || driver.dismissed) {
                continue;
            }
            MessageHandler handler = rules.message(message.type());
            if (handler == null) {
                body.outbox.tell(
                        driver.gateway,
                        new CellOutput.ToClient(message.session(), 0, message.requestId(), new byte[0]));
                continue;
            }
            turn.beginMessage(driver.handle, message.requestId());
            handler.handle(turn, driver.handle, message.payload());
            turn.endMessage();
        }
        messages.clear();
    }
}

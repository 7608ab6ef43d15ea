package dev.terrane.clustersim.game;

import dev.terrane.command.CommandType;

/** A durable command: puts coins into the purse of whoever asks. The answer is a {@link Receipt}. */
public record Pay(long coins) {
    public static final CommandType<Pay> TYPE = new CommandType<>("cmd.roam.pay", 1, Pay.class, (_, client) -> client);
}

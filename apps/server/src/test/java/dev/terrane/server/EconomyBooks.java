package dev.terrane.server;

import dev.terrane.base.Clock;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.postgres.economy.PostgresEconomy;
import dev.terrane.postgres.service.ServiceReceiver;
import java.util.List;
import java.util.function.Consumer;

/** Looks into the ledger past everybody. */
final class EconomyBooks {
    private EconomyBooks() {}

    static void in(LocalPostgres database, Consumer<EconomyQueries> reader) {
        try (PostgresEconomy economy = PostgresEconomy.open(
                database.address(),
                List.of(),
                new PostgresEconomy.Setup(
                        new JsonPayloads(), Clock.system(), Runnable::run, ServiceReceiver.Options.USUAL))) {
            reader.accept(economy.queries());
        }
    }
}

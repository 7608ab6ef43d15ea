package dev.terrane.postgres.economy;

import dev.terrane.economy.Currency;
import dev.terrane.postgres.Database;
import java.util.Map;
import java.util.TreeMap;

/** What is declared, with the numbers under which rows know it. Fixed while the server runs. */
record Currencies(Map<String, Currency> byCode, Map<String, Short> ids, Map<Short, String> codes) {
    static Currencies read(Database database) {
        Currencies found = new Currencies(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        database.run(
                "read the currencies",
                handle -> handle.createQuery("SELECT id, code, decimals FROM economy.currency")
                        .map((row, _) -> {
                            Currency currency = new Currency(row.getString(2), row.getInt(3));
                            found.byCode.put(currency.code(), currency);
                            found.ids.put(currency.code(), row.getShort(1));
                            found.codes.put(row.getShort(1), currency.code());
                            return true;
                        })
                        .list());
        return found;
    }

    short id(String code) {
        Short id = ids.get(code);
        if (id == null) {
            throw new IllegalStateException("nobody has declared the currency " + code);
        }
        return id;
    }

    String code(short id) {
        String code = codes.get(id);
        if (code == null) {
            throw new IllegalStateException("currency " + id + " was declared after this server started; restart it");
        }
        return code;
    }
}

package dev.terrane.server.config;

import java.util.List;

/** Money. */
public record EconomyConfig(
        @Key(
                doc =
                        "Currencies as code:decimals, for example gold:2. One that was declared once stays for good, with its decimals.",
                fallback = "credit:0")
        List<String> currencies) {}

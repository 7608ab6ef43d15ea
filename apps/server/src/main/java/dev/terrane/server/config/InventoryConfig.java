package dev.terrane.server.config;

import java.util.List;

/** Goods. */
public record InventoryConfig(
        @Key(
                doc =
                        "Item types as code:stack, for example ammo:100, or code:unique. One that was declared once stays for good, as it is.",
                fallback = "salvage:1000")
        List<String> items,

        @Key(
                doc = "Kinds of containers as code:slots. One that was declared once stays for good, as it is.",
                fallback = "cargo:12,depot:256")
        List<String> containers) {}

package dev.terrane.sdk;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of a golden run that TypeScript wrote: one JSON object of numbers, texts without escapes, and truths. */
record GoldenLine(String text) {
    boolean has(String name) {
        return text.contains("\"" + name + "\":");
    }

    double number(String name) {
        return Double.parseDouble(value(name, "(-?[0-9][-+0-9.e]*)"));
    }

    int integer(String name) {
        return Math.toIntExact((long) number(name));
    }

    boolean truth(String name) {
        return Boolean.parseBoolean(value(name, "(true|false)"));
    }

    String word(String name) {
        return value(name, "\"([^\"\\\\]*)\"");
    }

    double[] numbers(String name) {
        return Arrays.stream(word(name).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Raw bits of values, in hexadecimal. */
    int[] bits(String name) {
        return Arrays.stream(word(name).split(" "))
                .mapToInt(bits -> Integer.parseUnsignedInt(bits, 16))
                .toArray();
    }

    private String value(String name, String pattern) {
        Matcher found = Pattern.compile("\"" + name + "\":" + pattern).matcher(text);
        if (!found.find()) {
            throw new AssertionError("no '" + name + "' in " + text);
        }
        return found.group(1);
    }
}

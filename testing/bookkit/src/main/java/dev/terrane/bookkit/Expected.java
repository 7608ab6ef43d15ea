package dev.terrane.bookkit;

import java.util.List;

/**
 * What a naive model says must become of a command.
 *
 * @param code {@link #DONE} or an error code
 * @param numbers what the result must say, without numbers that only the books can know
 */
record Expected(String code, List<Object> numbers) {
    static final String DONE = "DONE";

    static Expected done(Object... numbers) {
        return new Expected(DONE, List.of(numbers));
    }

    static Expected refused(String code) {
        return new Expected(code, List.of());
    }
}

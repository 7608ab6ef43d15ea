package dev.terrane.rule;

/**
 * A column of a module, and the field of entities that it stands for.
 *
 * @param component for example {@code kit.position}; empty if the section names none
 * @param field for example {@code x}
 * @param kind of its values, four bytes each
 * @param written the rule changes it, not only reads it
 * @param line of the section, for messages
 */
public record RuleColumn(String component, String field, Kind kind, boolean written, Line line) {

    public enum Kind {
        F32,
        I32
    }

    /** Where in the section something stands, and how. */
    public record Line(int number, String text) {
        /** @return what is wrong with it, as a sentence that names it */
        String wrong(String why) {
            return "line " + number + " of section " + RuleSection.NAME + ", '" + text + "': " + why;
        }
    }

    static RuleColumn of(String path, Kind kind, boolean written, Line line) {
        int dot = path.lastIndexOf('.');
        return new RuleColumn(path.substring(0, Math.max(dot, 0)), path.substring(dot + 1), kind, written, line);
    }

    public boolean isOf(String otherComponent, String otherField) {
        return component.equals(otherComponent) && field.equals(otherField);
    }

    /** As the section has it: {@code kit.position.x}. */
    public String path() {
        return component.isEmpty() ? field : component + "." + field;
    }
}

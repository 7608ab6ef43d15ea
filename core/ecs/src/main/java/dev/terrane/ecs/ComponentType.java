package dev.terrane.ecs;

import java.util.List;

/**
 * A component as the schema knows it. Immutable.
 *
 * @param id place in the schema
 */
public record ComponentType<C extends Record>(
        int id, String name, int version, Class<C> recordClass, List<Field> fields) {

    /** @throws IllegalArgumentException if there is no such field; it names those there are */
    public Field field(String fieldName) {
        for (Field field : fields) {
            if (field.name().equals(fieldName)) {
                return field;
            }
        }
        throw new IllegalArgumentException("component " + name + " has no field '" + fieldName + "', it has "
                + fields.stream().map(Field::name).toList());
    }
}

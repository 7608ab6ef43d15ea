package dev.terrane.sdk;

import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireKind;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import dev.terrane.rule.RuleColumn;
import dev.terrane.sdk.AvatarRule.AvatarField;
import java.util.List;

/** Where the fields that a rule knows stand among those that the driver is told. A field that he is not told is 0. */
final class AvatarFields {
    private static final int NONE = -1;

    private final int[] components;
    private final int[] fields;

    /** @throws IllegalArgumentException naming a field that is of another kind in this world */
    AvatarFields(AvatarRule rule, WireLayout layout) {
        int count = rule.fields().size();
        components = new int[count];
        fields = new int[count];
        List<WireRecord> records = layout.schema().components();
        for (int i = 0; i < count; i++) {
            AvatarField wanted = rule.fields().get(i);
            components[i] = componentOf(records, wanted.component());
            fields[i] = components[i] == NONE
                    ? NONE
                    : fieldOf(records.get(components[i]).fields(), wanted);
        }
    }

    private static int componentOf(List<WireRecord> records, String name) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).name().equals(name)) {
                return i;
            }
        }
        return NONE;
    }

    private static int fieldOf(List<WireField> all, AvatarField wanted) {
        WireKind kind = wanted.kind() == RuleColumn.Kind.F32 ? WireKind.FLOAT : WireKind.INT;
        for (int i = 0; i < all.size(); i++) {
            WireField field = all.get(i);
            if (field.name().equals(wanted.name())) {
                if (field.kind() != kind) {
                    throw new IllegalArgumentException("the movement rule takes " + wanted.component() + "."
                            + wanted.name() + " for " + kind + ", but in this world it is " + field.kind());
                }
                return i;
            }
        }
        return NONE;
    }

    AvatarState read(SelfValues self) {
        int[] bits = new int[fields.length];
        boolean[] told = new boolean[fields.length];
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] != NONE && self.has(components[i])) {
                bits[i] = (int) self.bits(components[i], fields[i]);
                told[i] = true;
            }
        }
        return new AvatarState(bits, told);
    }
}

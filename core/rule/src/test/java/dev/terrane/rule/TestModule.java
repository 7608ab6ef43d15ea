package dev.terrane.rule;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes small modules by hand, as the WebAssembly specification says: right ones, and ones with one thing wrong. */
public final class TestModule {
    public static final int COLUMNS = 128;

    /** Adds the seconds to the first column of each row. */
    public static final String ADD_SECONDS =
            "01017f 0240 0340 2003 2000 4e 0d01 2003 4102 74 2003 4102 74 2a028001 2002 92 38028001"
                    + "2003 4101 6a 2103 0c00 0b 0b 0b";

    public static final String TRAP = "00 00 0b";

    /** The second function, with its length. */
    private static final String NOTHING = "02 00 0b";

    private static final int I32 = 0x7f;

    public String section = "format 1\nkit.position.x f32 inout\n";
    public String imports = "";
    public String start = "";
    public String step = ADD_SECONDS;
    /** One page now and for ever. */
    public String memory = "01 01 01 01";

    public String stepName = "step";
    public int rows = 1024;
    public int sides;
    public boolean mutable;
    /** Exports {@code bounce}, which does nothing, and {@code solids}. */
    public boolean bounces;

    /** Index of the function type that {@code bounce} has. */
    public int bounceType = 2;

    public int solids = 96;

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("0061736d 01000000"));
        section(out, 1, hex("03 60 03 7f7f7d 00 60 00 00 60 02 7f7f 00"));
        if (!imports.isEmpty()) {
            section(out, 2, hex(imports));
        }
        section(out, 3, bounces ? new byte[] {3, 0, 1, (byte) bounceType} : hex("02 00 01"));
        section(out, 5, hex(memory));
        section(out, 6, globals());
        section(out, 7, exports());
        if (!start.isEmpty()) {
            section(out, 8, hex(start));
        }
        section(out, 10, code());
        if (!section.isEmpty()) {
            ByteArrayOutputStream custom = new ByteArrayOutputStream();
            text(custom, RuleSection.NAME);
            custom.writeBytes(section.getBytes(StandardCharsets.UTF_8));
            section(out, 0, custom.toByteArray());
        }
        return out.toByteArray();
    }

    private byte[] globals() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(4);
        for (int value : new int[] {COLUMNS, rows, sides, solids}) {
            out.write(I32);
            out.write(mutable ? 1 : 0);
            out.write(0x41);
            signed(out, value);
            out.write(0x0b);
        }
        return out.toByteArray();
    }

    private byte[] exports() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bounces ? 7 : 5);
        export(out, "memory", 2, 0);
        export(out, stepName, 0, imports.isEmpty() ? 0 : 1);
        export(out, "columns", 3, 0);
        export(out, "rows", 3, 1);
        export(out, "sides", 3, 2);
        if (bounces) {
            export(out, "bounce", 0, 2);
            export(out, "solids", 3, 3);
        }
        return out.toByteArray();
    }

    private byte[] code() {
        byte[] body = hex(step);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bounces ? 3 : 2);
        unsigned(out, body.length);
        out.writeBytes(body);
        out.writeBytes(hex(NOTHING));
        if (bounces) {
            out.writeBytes(hex(NOTHING));
        }
        return out.toByteArray();
    }

    private static void export(ByteArrayOutputStream out, String name, int kind, int index) {
        text(out, name);
        out.write(kind);
        out.write(index);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(text.length());
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] body) {
        out.write(id);
        unsigned(out, body.length);
        out.writeBytes(body);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static void unsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static void signed(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest < -64 || rest > 63) {
            out.write(rest & 0x7f | 0x80);
            rest >>= 7;
        }
        out.write(rest & 0x7f);
    }
}

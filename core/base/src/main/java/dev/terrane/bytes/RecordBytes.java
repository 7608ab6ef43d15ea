package dev.terrane.bytes;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Records of one class as bytes and back: numbers, booleans, texts, enums, and records of these, in the order of their declaration. For what a game
 * declares and this engine has never seen, such as intents. Immutable; any thread may use it. No class name travels, so both sides must know the same
 * declaration.
 */
public final class RecordBytes {
    /** Longest text, in bytes of UTF-8. */
    public static final int TEXT_BYTES_MAX = 1 << 16;
    /** Records within records: deeper ones are a mistake, or endless. */
    private static final int DEPTH_MAX = 4;

    private final Class<? extends Record> type;
    private final Part[] parts;
    private final MethodHandle[] getters;
    private final MethodHandle constructor;

    /** How one value travels. */
    private interface Part {
        void write(Object value, ByteWriter out);

        Object read(ByteReader in);
    }

    private RecordBytes(Class<? extends Record> type, int depth) throws IllegalAccessException, NoSuchMethodException {
        this.type = type;
        RecordComponent[] members = type.getRecordComponents();
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        this.parts = new Part[members.length];
        this.getters = new MethodHandle[members.length];
        Class<?>[] types = new Class<?>[members.length];
        for (int i = 0; i < members.length; i++) {
            types[i] = members[i].getType();
            parts[i] = part(type, members[i], depth);
            getters[i] = lookup.unreflect(members[i].getAccessor())
                    .asType(MethodType.methodType(Object.class, Record.class));
        }
        this.constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                .asType(MethodType.genericMethodType(types.length).changeReturnType(Record.class))
                .asSpreader(Object[].class, types.length);
    }

    /** @throws IllegalArgumentException naming the record and the member that cannot travel */
    public static RecordBytes of(Class<? extends Record> type) {
        return of(type, 0);
    }

    private static RecordBytes of(Class<? extends Record> type, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "record " + type.getName() + " lies in more than " + DEPTH_MAX + " records");
        }
        try {
            return new RecordBytes(type, depth);
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "record " + type.getName() + " cannot be reached; its module must open its package", e);
        }
    }

    private static Part part(Class<?> record, RecordComponent member, int depth) {
        Class<?> type = member.getType();
        if (type == String.class) {
            return new Text(record.getSimpleName() + "." + member.getName());
        }
        if (type.isEnum()) {
            return new Choice(type.getEnumConstants());
        }
        if (type.isRecord()) {
            return new Nested(of(type.asSubclass(Record.class), depth + 1));
        }
        for (Plain plain : Plain.values()) {
            if (plain.type == type) {
                return plain;
            }
        }
        throw new IllegalArgumentException("record " + record.getName() + " has the member '" + member.getName()
                + "' of type " + type.getTypeName()
                + "; primitives, String, enums and records of these can travel between cells");
    }

    /** @throws IllegalArgumentException for a text that is too long, or a record of another class */
    public void write(Record value, ByteWriter out) {
        if (value.getClass() != type) {
            throw new IllegalArgumentException(value.getClass().getName() + " is no " + type.getName());
        }
        for (int i = 0; i < parts.length; i++) {
            parts[i].write(call(getters[i], value), out);
        }
    }

    /** @throws MalformedBytesException also when the record's own constructor refuses the values */
    public Record read(ByteReader in) {
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].read(in);
        }
        try {
            return (Record) constructor.invokeExact(values);
        } catch (RuntimeException refused) {
            throw in.malformed(type.getSimpleName() + " does not take " + Arrays.toString(values) + ": " + refused);
        } catch (Throwable e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private static Object call(MethodHandle getter, Record value) {
        try {
            return (Object) getter.invokeExact(value);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read " + value.getClass(), e);
        }
    }

    private record Text(String where) implements Part {
        @Override
        public void write(Object value, ByteWriter out) {
            int before = out.size();
            out.utf8((String) value);
            if (out.size() - before > TEXT_BYTES_MAX) {
                out.truncate(before);
                throw new IllegalArgumentException(where + " is longer than " + TEXT_BYTES_MAX + " bytes");
            }
        }

        @Override
        public Object read(ByteReader in) {
            return in.utf8(TEXT_BYTES_MAX);
        }
    }

    private record Choice(Object[] constants) implements Part {
        @Override
        public void write(Object value, ByteWriter out) {
            out.varuint(((Enum<?>) value).ordinal());
        }

        @Override
        public Object read(ByteReader in) {
            int ordinal = in.varuint();
            if (ordinal < 0 || ordinal >= constants.length) {
                throw in.malformed("choice " + Integer.toUnsignedString(ordinal) + " of " + constants.length);
            }
            return constants[ordinal];
        }
    }

    private record Nested(RecordBytes inner) implements Part {
        @Override
        public void write(Object value, ByteWriter out) {
            inner.write((Record) value, out);
        }

        @Override
        public Object read(ByteReader in) {
            return inner.read(in);
        }
    }

    private enum Plain implements Part {
        INT(int.class) {
            @Override
            public void write(Object value, ByteWriter out) {
                out.varint((Integer) value);
            }

            @Override
            public Object read(ByteReader in) {
                return in.varint();
            }
        },
        LONG(long.class) {
            @Override
            public void write(Object value, ByteWriter out) {
                out.varlong((Long) value);
            }

            @Override
            public Object read(ByteReader in) {
                return in.varlong();
            }
        },
        FLOAT(float.class) {
            @Override
            public void write(Object value, ByteWriter out) {
                out.f32((Float) value);
            }

            @Override
            public Object read(ByteReader in) {
                return in.f32();
            }
        },
        DOUBLE(double.class) {
            @Override
            public void write(Object value, ByteWriter out) {
                out.f64((Double) value);
            }

            @Override
            public Object read(ByteReader in) {
                return in.f64();
            }
        },
        BOOLEAN(boolean.class) {
            @Override
            public void write(Object value, ByteWriter out) {
                out.bool((Boolean) value);
            }

            @Override
            public Object read(ByteReader in) {
                return in.bool();
            }
        },
        BYTE(byte.class) {
            @Override
            public void write(Object value, ByteWriter out) {
                out.u8((Byte) value);
            }

            @Override
            public Object read(ByteReader in) {
                return (byte) in.u8();
            }
        },
        SHORT(short.class) {
            @Override
            public void write(Object value, ByteWriter out) {
                out.varint((Short) value);
            }

            @Override
            public Object read(ByteReader in) {
                int value = in.varint();
                if (value != (short) value) {
                    throw in.malformed(value + " is no short");
                }
                return (short) value;
            }
        },
        CHAR(char.class) {
            @Override
            public void write(Object value, ByteWriter out) {
                out.varuint((Character) value);
            }

            @Override
            public Object read(ByteReader in) {
                int value = in.varuint();
                if (value != (char) value) {
                    throw in.malformed(value + " is no char");
                }
                return (char) value;
            }
        };

        private final Class<?> type;

        Plain(Class<?> type) {
            this.type = type;
        }
    }
}

package dev.terrane.ecs;

import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a {@link RecordCodec} for one record class: straight code, a call per field, no reflection and no boxing at run time.
 *
 * <p>The class is hidden and lives in this package, so it reaches package-private columns. The record it cannot name: a plugin's
 * records come from the plugin's own class loader and need not be public. So the record's accessors and constructor are handed
 * over as method handles, erased to {@link Record}, in the hidden class's data; loaded as dynamic constants they are as good as
 * {@code static final} to the JIT, which inlines them.
 */
final class RecordCodecCompiler {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final ClassDesc RECORD = ClassDesc.of("java.lang.Record");
    private static final ClassDesc CODEC = desc(RecordCodec.class);
    private static final ClassDesc COLUMNS = desc(Column.class).arrayType();
    private static final MethodTypeDesc LOAD = MethodTypeDesc.of(RECORD, COLUMNS, CD_int, CD_int);
    private static final MethodTypeDesc STORE = MethodTypeDesc.of(CD_void, RECORD, COLUMNS, CD_int, CD_int);

    private RecordCodecCompiler() {}

    /** @throws IllegalArgumentException if the record's module does not open its package to this one */
    static RecordCodec compile(ComponentType<?> type) {
        List<MethodHandle> handles = handles(type);
        ClassDesc name = ClassDesc.of(RecordCodec.class.getName() + "Of" + type.id());
        byte[] bytes = ClassFile.of().build(name, codec -> write(type, codec));
        try {
            MethodHandles.Lookup codec = LOOKUP.defineHiddenClassWithClassData(bytes, handles, true);
            return (RecordCodec) codec.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the codec just written for " + type.name() + " does not load", e);
        }
    }

    /** One accessor {@code (Record)value} per field, then the constructor {@code (values…)Record}. */
    private static List<MethodHandle> handles(ComponentType<?> type) {
        Class<? extends Record> record = type.recordClass();
        List<MethodHandle> handles = new ArrayList<>();
        List<Class<?>> fieldTypes = new ArrayList<>();
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(record, LOOKUP);
            for (RecordComponent member : record.getRecordComponents()) {
                MethodHandle accessor = lookup.unreflect(member.getAccessor());
                handles.add(accessor.asType(MethodType.methodType(member.getType(), Record.class)));
                fieldTypes.add(member.getType());
            }
            MethodHandle constructor = lookup.findConstructor(record, MethodType.methodType(void.class, fieldTypes));
            handles.add(constructor.asType(MethodType.methodType(Record.class, fieldTypes)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "component " + record.getName() + " cannot be reached; its module must open its package to "
                            + LOOKUP.lookupClass().getModule(),
                    e);
        }
        return handles;
    }

    private static void write(ComponentType<?> type, ClassBuilder codec) {
        codec.withSuperclass(CODEC);
        codec.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
        codec.withMethodBody(
                ConstantDescs.INIT_NAME,
                ConstantDescs.MTD_void,
                ClassFile.ACC_PUBLIC,
                code -> code.aload(0)
                        .invokespecial(CODEC, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                        .return_());
        codec.withMethodBody("verify", MethodTypeDesc.of(CD_void, RECORD), 0, code -> writeVerify(type, code));
        codec.withMethodBody("put", STORE, 0, code -> writeStore(type, "put", code));
        codec.withMethodBody("set", STORE, 0, code -> writeStore(type, "set", code));
        codec.withMethodBody("get", LOAD, 0, code -> writeGet(type, code));
    }

    /** {@code Text.require("component.field", value.field())} for each text. */
    private static void writeVerify(ComponentType<?> type, CodeBuilder code) {
        MethodTypeDesc require = MethodTypeDesc.of(CD_void, CD_String, CD_String);
        for (Field field : type.fields()) {
            if (field.kind() == FieldKind.TEXT) {
                code.ldc(type.name() + "." + field.name());
                loadValue(field, 1, code);
                code.invokestatic(desc(Text.class), "require", require);
            }
        }
        code.return_();
    }

    /** {@code ((FloatColumn) columns[firstOrdinal + index]).set(row, value.field())} for each field. */
    private static void writeStore(ComponentType<?> type, String method, CodeBuilder code) {
        for (Field field : type.fields()) {
            loadColumn(field, 2, code);
            code.iload(4);
            loadValue(field, 1, code);
            code.invokevirtual(column(field), method, MethodTypeDesc.of(CD_void, CD_int, value(field)));
        }
        code.return_();
    }

    /** {@code return new TheRecord(((FloatColumn) columns[firstOrdinal + index]).get(row), …)}. */
    private static void writeGet(ComponentType<?> type, CodeBuilder code) {
        List<Field> fields = type.fields();
        loadHandle(fields.size(), code);
        for (Field field : fields) {
            loadColumn(field, 1, code);
            code.iload(3).invokevirtual(column(field), "get", MethodTypeDesc.of(value(field), CD_int));
        }
        List<ClassDesc> values = fields.stream().map(RecordCodecCompiler::value).toList();
        code.invokevirtual(CD_MethodHandle, "invokeExact", MethodTypeDesc.of(RECORD, values))
                .areturn();
    }

    private static void loadValue(Field field, int recordSlot, CodeBuilder code) {
        loadHandle(field.index(), code);
        code.aload(recordSlot).invokevirtual(CD_MethodHandle, "invokeExact", MethodTypeDesc.of(value(field), RECORD));
    }

    private static void loadColumn(Field field, int columnsSlot, CodeBuilder code) {
        code.aload(columnsSlot)
                .iload(columnsSlot + 1)
                .loadConstant(field.index())
                .iadd()
                .aaload()
                .checkcast(column(field));
    }

    private static void loadHandle(int index, CodeBuilder code) {
        code.ldc(DynamicConstantDesc.ofNamed(
                ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, CD_MethodHandle, index));
    }

    private static ClassDesc column(Field field) {
        return desc(
                switch (field.kind()) {
                    case FLOAT -> FloatColumn.class;
                    case INT -> IntColumn.class;
                    case LONG -> LongColumn.class;
                    case BOOLEAN -> BooleanColumn.class;
                    case TEXT -> TextColumn.class;
                });
    }

    private static ClassDesc value(Field field) {
        return switch (field.kind()) {
            case FLOAT -> CD_float;
            case INT -> CD_int;
            case LONG -> CD_long;
            case BOOLEAN -> CD_boolean;
            case TEXT -> CD_String;
        };
    }

    private static ClassDesc desc(Class<?> type) {
        return ClassDesc.of(type.getName());
    }
}

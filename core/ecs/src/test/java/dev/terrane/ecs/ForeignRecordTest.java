package dev.terrane.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A plugin's records come from a class loader that this module cannot see, and need not be public. */
class ForeignRecordTest {
    /** Loads one class anew instead of asking its parent. */
    private static final class PluginLoader extends ClassLoader {
        private final Class<?> original;

        PluginLoader(Class<?> original) {
            super(original.getClassLoader());
            this.original = original;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(original.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) {
            String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
            try (InputStream in = Objects.requireNonNull(original.getResourceAsStream(file))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void carriesRecordsOfAnotherClassLoader() throws ReflectiveOperationException {
        Class<? extends Record> foreign = new PluginLoader(Sample.Place.class)
                .loadClass(Sample.Place.class.getName())
                .asSubclass(Record.class);
        assertThat(foreign).isNotEqualTo(Sample.Place.class);
        Constructor<? extends Record> constructor = foreign.getDeclaredConstructor(float.class, float.class);
        constructor.setAccessible(true);
        Schema schema = Schema.of(foreign);
        EntityStore store = new EntityStore(schema);

        long entity = store.spawn(constructor.newInstance(3f, 4f));
        store.flush();

        assertThat(store.get(entity, schema.type(foreign))).isEqualTo(constructor.newInstance(3f, 4f));
        assertThat(store.tableOf(entity).floats(schema.field(foreign, "y")).get(0))
                .isEqualTo(4);
    }
}

package io.github.lanewise.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.layer.Lambda;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every public layer goes into a file and comes back the same. */
class EveryLayerTest {

    private static final int STEPS_BEFORE = 3;
    private static final int STEPS_AFTER = 10;

    /** Public classes that are layers and cannot be in a file, with the reason. */
    private static final Map<String, String> NOT_WRITTEN =
            Map.of(Lambda.class.getName(), "a function of the program's own");

    @TempDir private Path folder;

    static Stream<Example> examples() {
        return Example.all().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void comesBackWithTheSameBits(Example example) throws IOException {
        Layer model = example.model();
        model.initialize(7);
        example.train(model, STEPS_BEFORE);
        Path file = folder.resolve("model.safetensors");
        ModelFile.save(model, file);
        Layer loaded = ModelFile.load(file);
        assertNotSame(model, loaded);
        assertEquals(model.toString(), loaded.toString());
        assertEquals(model.options().keySet(), loaded.options().keySet());
        assertArrayEquals(example.outputs(model), example.outputs(loaded));
        assertArrayEquals(
                example.train(model, STEPS_AFTER), example.train(loaded, STEPS_AFTER), "training");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isWrittenAgainWithTheSameBytes(Example example) throws IOException {
        Path first = folder.resolve("first.safetensors");
        Path second = folder.resolve("second.safetensors");
        ModelFile.save(example.model(), first);
        ModelFile.open(first).save(second);
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    }

    @Test
    void everyPublicLayerIsInTheListAndInTheExamples() throws Exception {
        Set<String> inExamples = new HashSet<>();
        for (Example example : Example.all()) {
            collect(example.model(), inExamples, new IdentityHashMap<>());
        }
        List<Class<? extends Layer>> layers = publicLayers();
        assertTrue(layers.contains(MultiheadAttention.class), () -> "classes read: " + layers);
        Set<String> forgotten = new TreeSet<>();
        for (Class<? extends Layer> layer : layers) {
            boolean written =
                    LayerTypes.standard().contains(layer) && inExamples.contains(layer.getName());
            if (!written && !NOT_WRITTEN.containsKey(layer.getName())) {
                forgotten.add(layer.getName());
            }
        }
        assertEquals(Set.of(), forgotten);
        assertEquals(layers.size() - NOT_WRITTEN.size(), LayerTypes.standard().names().size());
    }

    private static void collect(Object option, Set<String> names, Map<Object, Boolean> seen) {
        if (option instanceof List<?> list) {
            list.forEach(element -> collect(element, names, seen));
        }
        if (option instanceof Layer layer && seen.put(layer, true) == null) {
            names.add(layer.getClass().getName());
            layer.options().values().forEach(inner -> collect(inner, names, seen));
        }
    }

    /** Returns all public classes of the module that are layers that somebody can make. */
    private static List<Class<? extends Layer>> publicLayers()
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes =
                Path.of(Shape.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<? extends Layer>> layers = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                if (name.equals("module-info.class")) {
                    continue;
                }
                Class<?> found =
                        Class.forName(name.substring(0, name.length() - ".class".length()));
                boolean concrete = !Modifier.isAbstract(found.getModifiers());
                if (Layer.class.isAssignableFrom(found) && concrete && isPublic(found)) {
                    layers.add(found.asSubclass(Layer.class));
                }
            }
        }
        return layers;
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }
}

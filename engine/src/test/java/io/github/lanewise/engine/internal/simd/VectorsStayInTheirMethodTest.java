package io.github.lanewise.engine.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.internal.simd.support.SimdMath;

import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * C2 inlines the Vector API always, our own methods by profile and size. A vector that is handed to
 * a method of ours becomes an object for good in the odd JVM where that method is not inlined: far
 * too seldom for a test of allocations to notice.
 */
class VectorsStayInTheirMethodTest {

    /** Takes vectors for a constant only, or is asked for one pooled row at a time. */
    private static final Set<String> ALLOWED =
            Set.of("SimdPools.upperHalf", "SimdPools.take", "Transposition.lanesWithBit");

    @Test
    void noMethodTakesOrReturnsAVector() throws Exception {
        List<Class<?>> classes = classes();
        assertTrue(classes.contains(SimdMath.class), () -> "classes found: " + classes);
        assertTrue(classes.size() > 50, () -> "classes found: " + classes);
        List<String> offenders =
                classes.stream()
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(VectorsStayInTheirMethodTest::handsOverVectors)
                        .map(m -> m.getDeclaringClass().getSimpleName() + "." + m.getName())
                        .filter(name -> !ALLOWED.contains(name))
                        .sorted()
                        .toList();
        assertEquals(List.of(), offenders);
    }

    private static boolean handsOverVectors(Method method) {
        return Stream.concat(
                        Stream.of(method.getParameterTypes()), Stream.of(method.getReturnType()))
                .anyMatch(
                        type ->
                                Vector.class.isAssignableFrom(type)
                                        || VectorMask.class.isAssignableFrom(type));
    }

    private static List<Class<?>> classes() throws IOException, URISyntaxException {
        Class<?> origin = SimdKernels.class;
        Path root = Path.of(origin.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path folder = root.resolve(origin.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.replace(".class", "").replace(File.separatorChar, '.'))
                    .<Class<?>>map(VectorsStayInTheirMethodTest::load)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, SimdKernels.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }
}

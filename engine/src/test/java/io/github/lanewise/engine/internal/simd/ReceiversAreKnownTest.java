package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * C2 must know the class of each vector that is asked to compute when it parses the call. Else it
 * goes by a profile, which it may not have, or which another library's vectors of another width
 * have spoilt, and vectors may become objects for the life of the JVM.
 *
 * <p>It knows the class of what a vector of known class computes. It does not of what is loaded
 * from an array, what a loop carries, what a static method broadcasts, or what is reinterpreted. So
 * it is {@code sum = FLOAT_VECTOR.cast(fromArray(...)).add(sum)}, {@code ZERO.broadcast(x)}, and
 * {@code FLOAT_VECTOR.cast(sum).intoArray(...)}.
 */
class ReceiversAreKnownTest {

    @Test
    void theClassOfEveryReceiverIsKnown() throws Exception {
        List<ClassModel> classes = classesOf(SimdKernels.class);
        assertTrue(classes.size() > 50, () -> "classes found: " + classes.size());
        assertEquals("", String.join("\n", classes.stream().flatMap(this::found).toList()));
    }

    @Test
    void otherReceiversAreFound() throws Exception {
        List<String> found =
                classesOf(ReceiversAreKnownTest.class).stream()
                        .filter(type -> type.thisClass().asInternalName().endsWith("$Loops"))
                        .flatMap(this::found)
                        .map(call -> call.replaceAll("line [0-9]+", "line"))
                        .toList();
        assertEquals(
                List.of(
                        "ReceiversAreKnownTest$Loops.carried, line: add",
                        "ReceiversAreKnownTest$Loops.inARing, line: add",
                        "ReceiversAreKnownTest$Loops.afterwards, line: intoArray",
                        "ReceiversAreKnownTest$Loops.byAMask, line: intoArray",
                        "ReceiversAreKnownTest$Loops.untold, line: sub",
                        "ReceiversAreKnownTest$Loops.untold, line: and",
                        "ReceiversAreKnownTest$Loops.untold, line: mul"),
                found);
    }

    /** Loops of each kind. */
    static final class Loops {

        private Loops() {}

        static void carried(float[] x, int n) {
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int j = 0; j < n; j++) {
                sum = sum.add(FLOAT_VECTOR.cast(fromArray(FLOATS, x, j)));
            }
        }

        static void inARing(float[] x, int n) {
            FloatVector a = FloatVector.zero(FLOATS);
            FloatVector b = a;
            for (int j = 0; j < n; j++) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, j));
                FloatVector last = n > 9 ? a.add(v) : v.mul(a);
                a = b;
                b = last;
            }
        }

        static void afterwards(float[] x, int n) {
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int j = 0; j < n; j++) {
                sum = FLOAT_VECTOR.cast(fromArray(FLOATS, x, j)).add(sum);
            }
            sum.intoArray(x, 0);
        }

        static void byAMask(float[] x, int n) {
            VectorMask<Float> mask = FLOATS.maskAll(true);
            for (int j = 0; j < n; j++) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, j));
                v.intoArray(x, j, mask);
                mask = v.compare(VectorOperators.GT, 0f);
            }
        }

        static void untold(float[] x) {
            FloatVector one = FloatVector.broadcast(FLOATS, 1f);
            one.sub(fromArray(FLOATS, x, 0)).reinterpretAsInts().and(1);
            fromArray(FLOATS, x, 0).mul(one);
        }

        static void told(float[] x, int n) {
            FloatVector factor = ZERO.broadcast(2f);
            FloatVector sum = FloatVector.zero(FLOATS);
            FloatVector max = sum;
            for (int j = 0; j < n; j++) {
                FloatVector v = factor.mul(fromArray(FLOATS, x, j));
                sum = v.add(sum);
                max = FLOAT_VECTOR.cast(max).max(v);
            }
            FLOAT_VECTOR.cast(sum).add(max).intoArray(x, 0);
        }
    }

    private Stream<String> found(ClassModel type) {
        String name = type.thisClass().asInternalName();
        String simpleName = name.substring(name.lastIndexOf('/') + 1);
        return type.methods().stream()
                .flatMap(method -> UnknownReceivers.in(method).stream())
                .map(call -> simpleName + "." + call);
    }

    /**
     * Returns the classes of the package and of those below it that lie in the same place as this
     * one.
     */
    private static List<ClassModel> classesOf(Class<?> one) throws IOException, URISyntaxException {
        Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path folder = root.resolve(one.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
            List<ClassModel> models = new ArrayList<>();
            for (Path file : classes) {
                models.add(ClassFile.of().parse(file));
            }
            return models;
        }
    }
}

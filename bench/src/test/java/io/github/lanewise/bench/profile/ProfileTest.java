package io.github.lanewise.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.bench.KernelsUnderTest;
import io.github.lanewise.bench.RandomMatrix;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import javax.xml.parsers.DocumentBuilderFactory;

class ProfileTest {

    @TempDir private Path folder;

    @AfterEach
    void forgetThreads() {
        System.clearProperty("lanewise.threads");
    }

    /** A product or convolution that it did not see would be missing from the table. */
    @ParameterizedTest
    @ValueSource(strings = {"M1", "M2", "M3", "M4", "M5", "M6", "M7"})
    void operationsAreThoseOfTheWorkload(String model) {
        Function<?, ?> measured = TappedEngine.load(Operations.class, Function.class);
        double flops = Workload.valueOf(model).flops();
        assertEquals(flops, operations(measured, model), 1e-6 * flops);
    }

    @SuppressWarnings("unchecked")
    private static double operations(Function<?, ?> measured, String model) {
        return ((Function<String, Double>) measured).apply(model);
    }

    /** Counts the operations of the kernel calls of a step; loaded where they can be seen. */
    public static final class Operations implements Function<String, Double> {
        @Override
        public Double apply(String model) {
            return StepProfile.measure(Workload.valueOf(model), 1, 1).flops();
        }
    }

    @Test
    void aStepThatGoesOtherWaysIsAnError() {
        CallLog log = new CallLog();
        Kernels kernels = KernelsUnderTest.reference();
        KernelTap.use(log);
        Kernels tapped = KernelTap.wrap(kernels);
        KernelTap.use(null);
        Matrix x = new RandomMatrix(1).next(2, 3);
        tapped.scale(2, x);
        log.begin();
        tapped.sum(x);
        tapped.restraints().clamp(0, 1, x);
        log.end();
        log.begin();
        tapped.sum(x);
        IllegalStateException other =
                assertThrows(IllegalStateException.class, () -> tapped.scale(2, x));
        assertTrue(other.getMessage().contains("restraints.clamp 2x3"), other::getMessage);
        assertThrows(IllegalStateException.class, log::end);
        assertEquals(2, log.costs().size());
    }

    /** Kernels' own errors come through as they are. */
    @Test
    void wrongShapesAreTheKernelsOwnError() {
        KernelTap.use(new CallLog());
        Kernels tapped = KernelTap.wrap(KernelsUnderTest.reference());
        KernelTap.use(null);
        Matrix x = Matrix.zeros(2, 3);
        Matrix y = Matrix.zeros(3, 2);
        assertThrows(IllegalArgumentException.class, () -> tapped.axpy(1, x, y));
    }

    @Test
    void callsAndUpdatesOfAStepAreListed() {
        List<String> names =
                rows(profile("M1")).stream().map(row -> row.get(0) + " " + row.get(1)).toList();
        assertTrue(names.contains("gemm NN 64x784x256 bias RELU 1"), names::toString);
        assertTrue(names.contains("gemm NT 64x10x128 RELU' 1"), names::toString);
        assertTrue(names.contains("softmaxCrossEntropy 64x10 1"), names::toString);
        assertEquals("outside of kernels ", names.get(names.size() - 2));
    }

    @Test
    void sharesAddUp() {
        List<List<String>> rows = rows(profile("M5"));
        double shares =
                rows.subList(0, rows.size() - 1).stream()
                        .mapToDouble(row -> number(row.get(3)))
                        .sum();
        assertEquals(100, shares, 0.05 * rows.size());
    }

    @Test
    void pictureHasABarForEachRow() throws Exception {
        List<List<String>> rows = rows(profile("M5"));
        Document svg =
                DocumentBuilderFactory.newNSInstance()
                        .newDocumentBuilder()
                        .parse(folder.resolve("profile-M5-1.svg").toFile());
        long grey = 0;
        var bars = svg.getElementsByTagName("rect");
        for (int i = 0; i < bars.getLength(); i++) {
            grey +=
                    bars.item(i).getAttributes().getNamedItem("class").getNodeValue().equals("r")
                            ? 1
                            : 0;
        }
        assertEquals(rows.size() - 1, grey);
    }

    @Test
    void wrongArgumentsAreNamed() {
        for (List<String> wrong :
                List.of(
                        List.of("M0"),
                        List.<String>of(),
                        List.of("M1", "--rounds"),
                        List.of("M1", "--rounds", "none"),
                        List.of("M1", "--shape", "M2"))) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> ProfileArguments.parse(wrong.toArray(String[]::new)));
            String named = wrong.isEmpty() ? "no model" : wrong.getLast();
            assertTrue(e.getMessage().contains(named), e::getMessage);
        }
    }

    private String profile(String model) {
        return Profile.report(
                model, "--threads", "1", "--rounds", "1", "--slice", "1", "--out", "" + folder);
    }

    private static List<List<String>> rows(String report) {
        return report.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| kernel "))
                .map(line -> List.of(line.substring(2).split(" ?\\| ?")))
                .toList();
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(" %", ""));
    }
}

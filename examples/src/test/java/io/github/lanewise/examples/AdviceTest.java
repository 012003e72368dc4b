package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.examples.Advice.Machine;
import io.github.lanewise.examples.Checkup.Figures;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class AdviceTest {

    private static final Machine FINE =
            new Machine("simd", 512, 2, 2, 0.1, Optional.empty(), List.of(), false);

    @Test
    void ninetyPercentIsWell() {
        assertEquals(List.of("All is well: 90 % of the peak."), advice(new Figures(14, 100, 90)));
    }

    /** The last is what a JVM gives whose C2 does not compile vectors. */
    @ParameterizedTest
    @CsvSource({"14, 100, 100.5", "14, 100, 190", "14, 1, 9.77", "14, 0, 9", "14, 1.1, 27.5"})
    void moreThanThePeakIsNeverWell(double scalar, double peak, double product) {
        List<String> lines = advice(new Figures(scalar, peak, product));
        assertFalse(lines.toString().contains("well:"), lines.toString());
        assertTrue(lines.getFirst().matches("(Slow|Not to be trusted): .*"), lines.toString());
    }

    @Test
    void vectorsSlowerThanAPlainLoopAreNamed() {
        assertEquals(
                "Slow: vectors are no faster than a plain loop, so C2 does not compile them.",
                advice(new Figures(14, 1, 0.9)).getFirst());
    }

    @Test
    void whatCannotBeMeasuredIsSlow() {
        List<String> lines = advice(new Figures(0.004, Double.NaN, Double.NaN));
        assertEquals(List.of("Slow: too slow to be measured."), lines);
    }

    @Test
    void flagsAndFaultsAreNamedThoughTheFiguresAreGood() {
        Machine machine =
                new Machine("simd", 512, 2, 2, 0.1, Optional.of("JDK x"), List.of("flag y"), false);
        assertEquals(
                List.of("Slow: flag y.", "Dangerous: JDK x."),
                Advice.on(new Figures(14, 100, 90), machine));
    }

    @Test
    void adviceNamesNoFlagThatWouldChangeNothing() {
        Machine small = new Machine("simd", 256, 1, 2, 0.1, Optional.empty(), List.of(), false);
        String lines = Advice.on(new Figures(14, 100, 30), small).toString();
        assertTrue(lines.contains("products reach 30 % of the peak"), lines);
        assertFalse(lines.contains("vectorBits") || lines.contains("threads=N"), lines);
        String large = advice(new Figures(14, 100, 30)).toString();
        assertTrue(large.contains("vectorBits=256") && large.contains("threads=N"), large);
    }

    @ParameterizedTest
    @CsvSource({
        "24.0.2, false",
        "25, true",
        "25.0.1, true",
        "25.0.2, true",
        "25.0.2.0.1, true",
        "25.0.3, false",
        "25.0.10, false",
        "26, false"
    })
    void faultyJdksAreKnown(String version, boolean faulty) {
        Optional<String> warning = JdkFault.in(Runtime.Version.parse(version), true);
        assertEquals(faulty, warning.isPresent());
        warning.ifPresent(
                text -> assertTrue(text.contains("JDK-8377811") && text.contains("25.0.3"), text));
    }

    private static List<String> advice(Figures figures) {
        return Advice.on(figures, FINE);
    }
}

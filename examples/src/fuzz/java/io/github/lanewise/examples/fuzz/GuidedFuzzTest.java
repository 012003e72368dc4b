package io.github.lanewise.examples.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fuzzing guided by coverage, by Jazzer, of the target that {@code lanewise.fuzz.target} names:
 *
 * <pre>
 * mvn -Pfuzz -pl examples -am test -Dlanewise.fuzz.target=json -Djazzer.max_duration=10m
 * </pre>
 */
class GuidedFuzzTest {

    private static FuzzTarget target;

    private static FuzzTarget target() throws IOException {
        if (target == null) {
            String name = System.getProperty("lanewise.fuzz.target", "json");
            Path folder = Files.createTempDirectory("lanewise-fuzz-");
            target =
                    FuzzTargets.all(folder).stream()
                            .filter(one -> one.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> new IOException("lanewise.fuzz.target: no " + name));
        }
        return target;
    }

    static Stream<Arguments> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>(target().seeds());
        seeds.addAll(FuzzTargets.corpus(target().name()));
        return seeds.stream().map(seed -> Arguments.of((Object) seed));
    }

    @MethodSource("seeds")
    @FuzzTest
    void fuzz(byte[] input) throws IOException {
        Oracle.check(target(), input);
    }
}

package io.github.lanewise.nn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.ChildJvm;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Random networks give the same bits with scalar and vector kernels, whatever the width and the
 * threads: in a JVM for each, since a JVM has one set of kernels. A long run ({@code
 * lanewise.random.graphs}) compares all widths, a short one the widest.
 */
class KernelSetsTest {

    private static final int SHORT_RUN = 40;
    private static final String SIMD = "-Dlanewise.kernels=simd";

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    @Timeout(value = 24, unit = TimeUnit.HOURS)
    void everyKernelSetGivesTheSameBits() throws Exception {
        assumeTrue(Engine.kernelSet().equals("simd"), "no vector kernels here to compare with");
        boolean shortRun = !RandomSettings.isLongRun();
        Map<String, BufferedReader> outputs = new LinkedHashMap<>();
        outputs.put("scalar", start("-Dlanewise.kernels=scalar"));
        for (int bits = shortRun ? Engine.vectorBits() : 128;
                bits <= Engine.vectorBits();
                bits *= 2) {
            outputs.put("simd " + bits, start(SIMD, "-Dlanewise.vectorBits=" + bits));
        }
        if (!shortRun) {
            outputs.put("one thread", start(SIMD, "-Dlanewise.threads=1"));
        }
        compare(outputs);
    }

    /** Reads the processes' lines, which come in the same order, in step. */
    private static void compare(Map<String, BufferedReader> outputs) throws IOException {
        for (Map.Entry<String, BufferedReader> output : outputs.entrySet()) {
            String kernels = output.getValue().readLine();
            String expected = output.getKey().equals("scalar") ? "kernels scalar" : "kernels simd";
            assertTrue(kernels != null && kernels.startsWith(expected), () -> "got " + kernels);
        }
        for (long i = 0; i < RandomSettings.count(SHORT_RUN); i++) {
            String repeats = RandomSettings.repeats(RandomSettings.firstSeed() + i);
            String expected = outputs.get("scalar").readLine();
            assertTrue(
                    expected != null && expected.startsWith("seed "),
                    () -> repeats + "scalar gives " + expected);
            for (String name : outputs.keySet()) {
                if (!name.equals("scalar")) {
                    assertEquals(expected, outputs.get(name).readLine(), () -> repeats + name);
                }
            }
        }
    }

    private BufferedReader start(String... flags) throws IOException {
        List<String> command =
                ChildJvm.command(
                        List.of(flags),
                        GraphHashes.class,
                        Long.toString(RandomSettings.firstSeed()),
                        Long.toString(RandomSettings.count(SHORT_RUN)));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        processes.add(process);
        return process.inputReader();
    }
}

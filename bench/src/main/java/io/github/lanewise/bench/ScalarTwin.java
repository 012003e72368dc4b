package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Targets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The reference for a training step. The engine chooses its kernels once in a JVM, so the scalar
 * kernels run in one of their own.
 */
final class ScalarTwin {

    private static final int STEPS = 3;

    private ScalarTwin() {}

    /** Prints the parameters' hash after some steps of the network that the argument describes. */
    public static void main(String... args) {
        System.out.println(hashAfterSteps(args[0]));
    }

    /** Refuses kernels that train to other bits than the scalar ones. */
    static void requireSameBits(String net) {
        String expected = hashFromTwin(net);
        String actual = hashAfterSteps(net);
        if (!actual.equals(expected)) {
            throw new IllegalStateException(
                    "training %s: the parameters differ after %d steps: expected hash %s, got %s"
                            .formatted(net, STEPS, expected, actual));
        }
    }

    private static String hashAfterSteps(String net) {
        TrainingStep step = new TrainingStep(TrainedNet.parse(net));
        Matrix inputs = step.madeUpInputs();
        Targets targets = step.madeUpTargets();
        for (int i = 0; i < STEPS; i++) {
            step.run(inputs, targets);
        }
        return "%08x".formatted(step.hash());
    }

    private static String hashFromTwin(String net) {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlanewise.kernels=scalar",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ScalarTwin.class.getName(),
                        net);
        try {
            Process twin =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String output =
                    new String(twin.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.strip();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + command, e);
        }
    }
}

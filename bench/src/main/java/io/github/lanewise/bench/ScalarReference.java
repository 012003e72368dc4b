package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The reference for a whole network. The engine chooses its kernels once in a JVM, so the scalar
 * kernels run in one of their own.
 */
final class ScalarReference {

    private static final int STEPS = 3;

    private ScalarReference() {}

    /** Prints the hash of what the arguments say: kind and shape. */
    public static void main(String... args) {
        System.out.println(Kind.valueOf(args[0]).hash(args[1]));
    }

    /** What is compared. */
    private enum Kind {
        /** The parameters after some steps. */
        TRAINING {
            @Override
            String hash(String shape) {
                TrainedNet net = TrainedNet.parse(shape);
                BoundNet step = new BoundNet(net);
                OurBatch batch = OurBatch.madeUp(net);
                for (int i = 0; i < STEPS; i++) {
                    step.run(batch);
                }
                return "%08x".formatted(step.hash());
            }
        },
        /** The outputs for a batch. */
        INFERENCE {
            @Override
            String hash(String shape) {
                Answers answers = Answers.parse(shape);
                Matrix outputs = answers.of(answers.madeUpInputs());
                return "%08x".formatted(Hash.of(1, outputs));
            }
        };

        abstract String hash(String shape);
    }

    /** Refuses kernels that train to other bits than the scalar ones. */
    static void requireSameParameters(String shape) {
        requireSame(Kind.TRAINING, shape);
    }

    /** Refuses kernels that answer with other bits than the scalar ones. */
    static void requireSameOutputs(String shape) {
        requireSame(Kind.INFERENCE, shape);
    }

    private static void requireSame(Kind kind, String shape) {
        String expected = hashFromReference(kind, shape);
        String actual = kind.hash(shape);
        if (!actual.equals(expected)) {
            throw new IllegalStateException(
                    "%s of %s: the bits differ: expected hash %s, got %s"
                            .formatted(kind, shape, expected, actual));
        }
    }

    private static String hashFromReference(Kind kind, String shape) {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlanewise.kernels=scalar",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ScalarReference.class.getName(),
                        kind.name(),
                        shape);
        try {
            Process reference =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String output =
                    new String(reference.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.strip();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + command, e);
        }
    }
}

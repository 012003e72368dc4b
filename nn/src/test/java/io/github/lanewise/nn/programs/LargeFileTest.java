package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Sampler;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.MappedArray;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Trains on a file that is larger than memory. {@link #main} does so with as many gigabytes as it
 * is told: start it with {@code -Xmx512m} and a place for a sparse file.
 */
class LargeFileTest {

    private static final int PIXELS = 784;

    /** Dark images of class 0, which take no room on a disk; here and there a bright one. */
    private static int[] write(Path file, long bytes) throws IOException {
        int[] labels = new int[Math.toIntExact(bytes / PIXELS)];
        byte[] bright = new byte[PIXELS];
        Arrays.fill(bright, (byte) 200);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int every = Math.max(3, labels.length / 2000);
            for (int i = labels.length - 1; i >= 0; i -= every) {
                channel.write(ByteBuffer.wrap(bright), (long) i * PIXELS);
                labels[i] = 1;
            }
        }
        return labels;
    }

    private static Evaluation program(Path file, int[] labels, int samples) throws IOException {
        // program
        MappedArray images = MappedArray.raw(file, DType.U8, PIXELS); // stays on the disk
        Dataset all = Dataset.mapped(images, Targets.labels(labels), 1 / 255f, 0);
        Trainer trainer =
                new Trainer(new Linear(PIXELS, 2), new SoftmaxCrossEntropy(), new Adam(0.001f))
                        .sampler(Sampler.blocks(1024, 8)) // shuffled, but near each other on disk
                        .prefetch(4); // gathered while the batch before is computed
        trainer.fit(all.range(0, samples), 1, 256);
        Evaluation last = trainer.evaluate(all.range(labels.length - samples, labels.length));
        // end
        return last;
    }

    @Test
    void aFileTrainsAsMemoryDoes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("images");
        Evaluation last = program(file, write(file, 4L << 20), 5000);
        assertTrue(last.accuracy() > 0.99, last::toString);
    }

    /**
     * @param arguments file to write, gigabytes, samples to train on
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        int[] labels = write(file, Long.parseLong(arguments[1]) << 30);
        long begin = System.nanoTime();
        Evaluation last = program(file, labels, Integer.parseInt(arguments[2]));
        System.out.printf(
                "%,d images of %s, heap %,d MB: %s, %.1f s%n",
                labels.length,
                new Shape(PIXELS),
                Runtime.getRuntime().maxMemory() >> 20,
                last,
                (System.nanoTime() - begin) / 1e9);
    }
}

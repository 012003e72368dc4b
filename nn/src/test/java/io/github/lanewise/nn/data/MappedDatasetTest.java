package io.github.lanewise.nn.data;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.MappedArray;
import io.github.lanewise.nn.file.Npy;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorInfo;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Samples in files that stay on disk train to the bits of samples in memory. */
@Timeout(60)
class MappedDatasetTest {

    private static final int SIZE = 90;
    private static final Shape SHAPE = new Shape(2, 3);
    private static final Matrix X = gaussian(SIZE, 6, 1);
    private static final int[] LABELS = IntStream.range(0, SIZE).map(i -> i % 3).toArray();
    private static final Dataset IN_MEMORY = Dataset.of(X, SHAPE, Targets.labels(LABELS));

    @TempDir private Path folder;

    private static float[] trained(Dataset data, UnaryOperator<Trainer> settings) {
        Linear model = new Linear(6, 3);
        Dataset flat = data.map(new Shape(6), (x, y) -> System.arraycopy(x, 0, y, 0, 6));
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f));
        settings.apply(trainer).fit(flat, 3, 16);
        return weights(model);
    }

    private Path floats() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE * 24).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < X.size(); i++) {
            bytes.putFloat(X.data()[i]);
        }
        return Files.write(folder.resolve("x.raw"), bytes.array());
    }

    @Test
    void aRawFileTrainsToTheBitsOfMemory() throws IOException {
        MappedArray array = MappedArray.raw(floats(), DType.F32, 2, 3);
        Dataset mapped = Dataset.mapped(array, Targets.labels(LABELS));
        assertEquals(SHAPE, mapped.shape());
        float[] expected = trained(IN_MEMORY, trainer -> trainer);
        assertArrayEquals(expected, trained(mapped, trainer -> trainer));
        assertArrayEquals(expected, trained(mapped, trainer -> trainer.prefetch(3)));
        Dataset blocks = Dataset.mapped(array, Targets.labels(LABELS));
        Sampler sampler = Sampler.blocks(8, 2);
        assertArrayEquals(
                trained(IN_MEMORY, trainer -> trainer.sampler(sampler)),
                trained(blocks, trainer -> trainer.sampler(sampler).prefetch(1)));
    }

    private static TensorInfo info(String name, DType dtype, long... shape) {
        return new TensorInfo(name, dtype, LongStream.of(shape).boxed().toList());
    }

    @Test
    void npyFilesOfSamplesAndLabels() throws IOException {
        Path x = folder.resolve("x.npy");
        Path y = folder.resolve("y.npy");
        Npy.write(x, TensorData.of(info("x", DType.F32, SIZE, 2, 3), X.data()));
        Npy.write(y, TensorData.of(info("y", DType.I32, SIZE), LABELS));
        Dataset mapped = Dataset.mapped(MappedArray.npy(x), MappedArray.npy(y), 1, 0);
        assertArrayEquals(
                trained(IN_MEMORY, trainer -> trainer), trained(mapped, trainer -> trainer));
        Dataset regression = Dataset.mapped(MappedArray.npy(x), MappedArray.npy(x), 1, 0);
        Batch batch = new Batch(regression, 2);
        batch.load(new int[] {5, 80}, 0);
        assertEquals(X.at(80, 4), ((Targets.Values) batch.targets()).rows().at(1, 4));
    }

    @Test
    void bytesAreScaledAsInMemory() throws IOException {
        byte[] pixels = new byte[SIZE * 6];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37);
        }
        Path file = Files.write(folder.resolve("x.bytes"), pixels);
        Targets targets = Targets.labels(LABELS);
        Dataset mapped =
                Dataset.mapped(MappedArray.raw(file, DType.U8, 2, 3), targets, 1 / 255f, -0.3f);
        Dataset memory = Dataset.ofBytes(pixels, SHAPE, targets, 1 / 255f, -0.3f);
        assertArrayEquals(
                trained(memory, trainer -> trainer),
                trained(mapped, trainer -> trainer.prefetch(2)));
    }

    /** Three gigabytes on paper: positions that an int cannot count, in a file of no blocks. */
    @Test
    void rowsBeyondTwoGigabytesAreFound() throws IOException {
        Path file = folder.resolve("sparse");
        int width = 1 << 20;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer last = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(last.putFloat(0, 7), 750L * width * 4 - 4);
        }
        MappedArray array = MappedArray.raw(file, DType.F32, width);
        Batch batch = new Batch(Dataset.mapped(array, Targets.none(750)), 2);
        batch.load(new int[] {749, 3}, 0);
        assertEquals(7, batch.inputs().at(0, width - 1));
        assertEquals(0, batch.inputs().at(1, width - 1));
    }

    @Test
    void filesThatDoNotFitAreRefused() throws IOException {
        Path short1 = Files.write(folder.resolve("short"), new byte[25]);
        FormatException e =
                assertThrows(FormatException.class, () -> MappedArray.raw(short1, DType.F32, 2, 3));
        assertEquals(
                "mapped: %s: expected whole rows of 24 bytes, found 25 bytes".formatted(short1),
                e.getMessage());
        assertThrows(FormatException.class, () -> MappedArray.npy(short1));
        assertThrows(FormatException.class, () -> MappedArray.raw(folder, DType.F32, 2));
        assertThrows(FormatException.class, () -> MappedArray.raw(short1, DType.F64, 1));
        assertThrows(IOException.class, () -> MappedArray.raw(folder.resolve("none"), DType.U8, 2));
        MappedArray array = MappedArray.raw(short1, DType.U8, 5);
        assertThrows(
                IllegalArgumentException.class, () -> Dataset.mapped(array, Targets.labels(1, 2)));
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        MappedArray none = MappedArray.raw(empty, DType.U8, 5);
        assertThrows(IllegalArgumentException.class, () -> Dataset.mapped(none, Targets.none(0)));
    }

    @Test
    void aMappedFileThatIsCutIsAnErrorWithItsName() throws IOException {
        Path file = folder.resolve("cut");
        for (DType dtype : new DType[] {DType.F32, DType.U8, DType.I32}) {
            Files.write(file, new byte[1 << 20]);
            MappedArray array = MappedArray.raw(file, dtype, 1 << 10);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
            UncheckedIOException cut =
                    assertThrows(
                            UncheckedIOException.class,
                            () -> array.readFloats(array.rows() - 1, new float[1 << 10], 0));
            assertTrue(cut.getMessage().contains(file.toString()), cut.getMessage());
            assertTrue(cut.getMessage().contains("cut while in use"), cut.getMessage());
        }
    }
}

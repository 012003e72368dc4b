package io.github.lanewise.examples.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

class MnistFolderTest {

    @TempDir private Path folder;

    @Test
    void fourFilesMakeASet() throws IOException {
        IdxFiles.write(folder, 20);
        Digits digits = MnistFolder.read(folder, "--data");
        assertEquals(20, digits.train().count());
        assertEquals(16, digits.test().features());
        assertEquals(6, digits.test().pixel(0, 1, 2));
        assertEquals(folder.toString(), digits.source());
    }

    /** So that a relative folder called "embedded" is not taken for the drawn digits. */
    @Test
    void sourceIsTheAbsolutePath() throws IOException {
        IdxFiles.write(folder, 20);
        Path relative = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
        assertEquals(folder.toString(), MnistFolder.read(relative, "--data").source());
    }

    @Test
    void dottedNamesAreFoundToo() throws IOException {
        IdxFiles.write(folder, 20);
        Files.move(
                folder.resolve("t10k-images-idx3-ubyte"), folder.resolve("t10k-images.idx3-ubyte"));
        assertEquals(20, MnistFolder.read(folder, "--data").test().count());
    }

    @Test
    void oneOfFourIsMissing() throws IOException {
        IdxFiles.write(folder, 20);
        Files.delete(folder.resolve("train-labels-idx1-ubyte"));
        assertFails(
                folder,
                ("mnist: %s: has no train-labels-idx1-ubyte (nor .gz);"
                                + " --data must name a folder with all four MNIST files")
                        .formatted(folder));
    }

    @Test
    void folderIsMissing() {
        Path nowhere = folder.resolve("nowhere");
        assertFails(
                nowhere,
                "mnist: %s: is no folder; --data must name one with the four MNIST files"
                        .formatted(nowhere));
    }

    @Test
    void differentCountsOfImagesAndLabels() throws IOException {
        IdxFiles.write(folder, 20);
        Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.labels(19));
        assertFails(
                folder,
                "mnist: train-images-idx3-ubyte.gz has 20 images, train-labels-idx1-ubyte has 19"
                        + " labels; the two must go together");
    }

    @Test
    void trainingAndTestImagesOfDifferentSize() throws IOException {
        IdxFiles.write(folder, 20);
        byte[] wide = IdxFiles.idx(new byte[20 * 4 * 5], 0x0803, 20, 4, 5);
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), wide);
        assertFails(
                folder,
                "mnist: %s: images to train on are 4x4, images to test on 4x5; they must be alike"
                        .formatted(folder));
    }

    @Test
    void thereAreAsManyClassesAsLabelsSay() throws IOException {
        IdxFiles.write(folder, 20);
        byte[] letters = new byte[20];
        letters[7] = 25;
        Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.idx(letters, 0x0801, 20));
        Digits digits = MnistFolder.read(folder, "--data");
        assertEquals(26, digits.train().classes());
        assertEquals(26, digits.test().classes());
    }

    @Test
    void filesAreNamedAfterTheirType() throws IOException {
        IdxFiles.write(folder, 2);
        Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
        ByteBuffer floats = ByteBuffer.allocate(4 * 32).putFloat(4 * 6, 0.25f);
        byte[] images = IdxFiles.idx(floats.array(), 0x0d03, 2, 4, 4);
        Files.write(folder.resolve("t10k-images-idx3-float.gz"), IdxFiles.gzip(images));
        assertEquals(0.25f, MnistFolder.read(folder, "--data").test().pixel(0, 1, 2));
    }

    @Test
    void realMnistIsWhole() throws IOException {
        Path real = realMnist();
        assumeTrue(real != null, "no shared/data/mnist beside this checkout: real MNIST not read");
        Digits digits = MnistFolder.read(real, "--data");
        assertEquals(60_000, digits.train().count());
        assertEquals(10_000, digits.test().count());
        assertEquals(784, digits.train().features());
        assertEquals(5, digits.train().labels()[0]);
        assertEquals(7, digits.test().labels()[0]);
        assertEquals(10, digits.test().classes());
    }

    /** Returns the folder with MNIST that the build machine may have, or null. */
    static Path realMnist() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null) {
            Path candidate = at.resolve("shared/data/mnist");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
            at = at.getParent();
        }
        return null;
    }

    private static void assertFails(Path folder, String message) {
        assertEquals(
                message,
                assertThrows(IOException.class, () -> MnistFolder.read(folder, "--data"))
                        .getMessage());
    }
}

package io.github.lanewise.examples.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

class IdxReaderTest {

    @TempDir private Path folder;

    @Test
    void plainAndGzippedFilesReadAlike() throws IOException {
        IdxReader.Images plain = IdxReader.images(file(IdxFiles.images(5)));
        IdxReader.Images packed = IdxReader.images(file(IdxFiles.gzip(IdxFiles.images(5))));
        assertEquals(5, plain.count());
        assertEquals(IdxFiles.SIDE, plain.rows());
        assertEquals(IdxFiles.SIDE, plain.cols());
        assertEquals(17, plain.pixels()[17]);
        assertArrayEquals(plain.pixels(), packed.pixels());
        assertArrayEquals(
                new int[] {0, 1, 2}, IdxReader.labels(file(IdxFiles.gzip(IdxFiles.labels(3)))));
    }

    @Test
    void plainFileCutShort() throws IOException {
        Path file = file(Arrays.copyOf(IdxFiles.images(100), 1_000));
        assertImagesFail(
                file,
                "idx: digits ends after 1,000 of 1,616 bytes; the file is cut short, download it"
                        + " again");
    }

    @Test
    void emptyFile() throws IOException {
        assertImagesFail(
                file(new byte[0]),
                "idx: digits ends after 0 of 16 bytes; the file is cut short, download it again");
    }

    @Test
    void gzippedFileCutShort() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] packed = IdxFiles.gzip(IdxFiles.idx(noise, 0x0803, 1_000, 10, 10));
        String message = imagesMessage(file(Arrays.copyOf(packed, packed.length / 2)));
        assertTrue(
                message.matches(
                        "idx: digits ends after [\\d,]+ of 100,016 bytes; the file is cut short,"
                                + " download it again"),
                message);
    }

    @Test
    void gzipHeaderCutShort() throws IOException {
        Path file = file(Arrays.copyOf(IdxFiles.gzip(IdxFiles.images(3)), 5));
        assertImagesFail(file, "idx: digits: the gzip header is broken; download it again");
    }

    @Test
    void corruptGzip() throws IOException {
        byte[] packed = IdxFiles.gzip(IdxFiles.images(1_000));
        Arrays.fill(packed, 12, 40, (byte) 0xff);
        String message = imagesMessage(file(packed));
        assertTrue(message.startsWith("idx: digits: corrupt gzip after "), message);
        assertTrue(message.endsWith("; download it again"), message);
    }

    @Test
    void gzipChecksumThatDoesNotFit() throws IOException {
        byte[] packed = IdxFiles.gzip(IdxFiles.images(10));
        packed[packed.length - 8] ^= 1;
        assertImagesFail(
                file(packed),
                "idx: digits: corrupt gzip after 176 bytes (Corrupt GZIP trailer); download it"
                        + " again");
    }

    @Test
    void labelsInPlaceOfImages() throws IOException {
        assertImagesFail(
                file(IdxFiles.labels(10)),
                "idx: digits: begins with 0x00000801, images begin with 0x00000803;"
                        + " this is a file of labels, swap the two files or download them again");
    }

    @Test
    void imagesInPlaceOfLabels() throws IOException {
        assertLabelsFail(
                file(IdxFiles.images(10)),
                "idx: digits: begins with 0x00000803, labels begin with 0x00000801;"
                        + " this is a file of images, swap the two files or download them again");
    }

    @Test
    void webPageInPlaceOfImages() throws IOException {
        assertImagesFail(
                file("<!DOCTYPE html><html>not found</html>".getBytes()),
                "idx: digits: begins with 0x3c21444f, images begin with 0x00000803;"
                        + " this is no such file, download it again");
    }

    @Test
    void labelAboveNine() throws IOException {
        assertLabelsFail(
                file(IdxFiles.idx(new byte[] {3, 1, 10}, 0x0801, 3)),
                "idx: digits: label 2 is 10; labels must be 0 to 9, download it again");
    }

    @Test
    void noImages() throws IOException {
        assertImagesFail(
                file(IdxFiles.images(0)),
                "idx: digits: a dimension is 0 at byte 4; it must be 1 or more, download it again");
    }

    @Test
    void moreBytesThanPromised() throws IOException {
        byte[] images = IdxFiles.images(10);
        assertImagesFail(
                file(Arrays.copyOf(images, images.length + 1)),
                "idx: digits goes on after its 176 bytes; the file is damaged, download it again");
    }

    @Test
    void hugePromiseAllocatesNothing() throws IOException {
        int most = Integer.MAX_VALUE;
        assertImagesFail(
                file(IdxFiles.gzip(IdxFiles.idx(new byte[9], 0x0803, most, 28, 28))),
                "idx: digits: the header promises 60,129,542,116 rows of 28 bytes,"
                        + " more than it can hold; download it again");
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("digits"), content);
    }

    private static String imagesMessage(Path file) {
        return assertThrows(IOException.class, () -> IdxReader.images(file)).getMessage();
    }

    private static void assertImagesFail(Path file, String message) {
        assertEquals(message, imagesMessage(file));
    }

    private static void assertLabelsFail(Path file, String message) {
        assertEquals(
                message,
                assertThrows(IOException.class, () -> IdxReader.labels(file)).getMessage());
    }
}

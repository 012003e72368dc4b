package io.github.lanewise.examples.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertEquals(17, plain.pixels().at(17));
        assertArrayEquals(
                ((Pixels.Bytes) plain.pixels()).values(),
                ((Pixels.Bytes) packed.pixels()).values());
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
                "idx: digits: has 1 dimensions, images have 3;"
                        + " this is a file of labels, swap the two files");
    }

    @Test
    void imagesInPlaceOfLabels() throws IOException {
        assertLabelsFail(
                file(IdxFiles.images(10)),
                "idx: digits: has 3 dimensions, labels have 1;"
                        + " this is a file of images, swap the two files");
    }

    @Test
    void webPageInPlaceOfImages() throws IOException {
        assertImagesFail(
                file("<!DOCTYPE html><html>not found</html>".getBytes()),
                "idx: digits: begins with 0x3c21444f; an IDX file begins with 0x00, 0x00, its type"
                        + " (0x08, 0x09, 0x0b to 0x0e) and its number of dimensions");
    }

    @Test
    void labelsOfAnyClassAreRead() throws IOException {
        assertArrayEquals(
                new int[] {3, 26, 255},
                IdxReader.labels(file(IdxFiles.idx(new byte[] {3, 26, -1}, 0x0801, 3))));
    }

    @ParameterizedTest
    @EnumSource(IdxType.class)
    void everyTypeIsRead(IdxType type) throws IOException {
        double[] values = {0, 1, 2, 100, 5, 6};
        Pixels pixels = IdxReader.images(file(IdxFiles.of(type, values, 1, 2, 3))).pixels();
        assertEquals(values.length, pixels.size());
        for (int i = 0; i < values.length; i++) {
            assertEquals((float) values[i], pixels.at(i));
        }
        assertArrayEquals(
                new int[] {0, 1, 2, 100, 5, 6},
                IdxReader.labels(file(IdxFiles.gzip(IdxFiles.of(type, values, 6)))));
    }

    @ParameterizedTest
    @CsvSource({
        "BYTE, -128, -128",
        "SHORT, -32768, -32768",
        "INT, -2147483648, -2.1474836E9",
        "FLOAT, -0.1, -0.1",
        "DOUBLE, 1e-300, 0"
    })
    void extremePixelsAreRead(IdxType type, double value, float pixel) throws IOException {
        double[] values = {value};
        Pixels pixels = IdxReader.images(file(IdxFiles.of(type, values, 1, 1, 1))).pixels();
        assertEquals(pixel, pixels.at(0), 0f);
    }

    @Test
    void moreElementsThanAChunkKeepTheirOrder() throws IOException {
        double[] values = new double[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        byte[] file = IdxFiles.gzip(IdxFiles.of(IdxType.DOUBLE, values, 2, 100, 100));
        Pixels pixels = IdxReader.images(file(file)).pixels();
        for (int i = 0; i < values.length; i++) {
            assertEquals(i, pixels.at(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, Infinity", "1e39, 1.0E39"})
    void pixelThatIsNoFiniteFloatIsNamed(double value, String shown) throws IOException {
        double[] values = {0, 1, 2, value};
        assertImagesFail(
                file(IdxFiles.of(IdxType.DOUBLE, values, 2, 1, 2)),
                "idx: digits: image 1 holds the pixel %s; pixels must be finite floats"
                        .formatted(shown));
    }

    @ParameterizedTest
    @CsvSource({
        "BYTE, -1, -1",
        "FLOAT, 0.5, 0.5",
        "DOUBLE, NaN, NaN",
        "INT, 4096, 4096",
        "INT, 2147483647, 2147483647",
        "DOUBLE, 1e300, 1.0E300"
    })
    void labelThatIsNoClassIsNamed(IdxType type, double value, String shown) throws IOException {
        assertLabelsFail(
                file(IdxFiles.of(type, new double[] {3, value}, 2)),
                "idx: digits: label 1 is %s; labels must be whole numbers from 0 to 4095"
                        .formatted(shown));
    }

    /** Also a file that lacks nothing but the last byte of its checksum. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTruncationIsNoticed(boolean packed) throws IOException {
        byte[] plain = IdxFiles.images(3);
        byte[] whole = packed ? IdxFiles.gzip(plain) : plain;
        for (int length = 0; length < whole.length; length++) {
            Path file = file(Arrays.copyOf(whole, length));
            String message = imagesMessage(file);
            assertTrue(
                    message.endsWith("the file is cut short, download it again")
                            || message.endsWith("the gzip header is broken; download it again"),
                    length + ": " + message);
        }
        assertEquals(3, IdxReader.images(file(whole)).count());
    }

    @Test
    void checksumCutShort() throws IOException {
        byte[] packed = IdxFiles.gzip(IdxFiles.images(10));
        assertImagesFail(
                file(Arrays.copyOf(packed, packed.length - 1)),
                "idx: digits ends within the checksum after its data; the file is cut short,"
                        + " download it again");
    }

    @Test
    void hugePromiseOfAPlainFileAllocatesNothing() throws IOException {
        assertImagesFail(
                file(IdxFiles.idx(new byte[9], 0x0803, 76_000_000, 28, 1)),
                "idx: digits ends after 25 of 2,128,000,016 bytes; the file is cut short, download"
                        + " it again");
    }

    /** All three dimensions at their most: the product does not fit into a long. */
    @Test
    void promiseThatOverflowsIsRefused() throws IOException {
        int most = Integer.MAX_VALUE;
        assertImagesFail(
                file(IdxFiles.gzip(IdxFiles.idx(new byte[9], 0x0e03, most, most, most))),
                "idx: digits: the header promises 2,147,483,647 x 2,147,483,647 x 2,147,483,647"
                        + " elements, more than it can hold; download it again");
    }

    /** Large enough, gzipped zeros could be there; a Java array of them could not. */
    @Test
    void moreElementsThanAJavaArrayHoldsAreRefused() throws IOException {
        byte[] packed = IdxFiles.gzip(IdxFiles.idx(new byte[0], 0x0803, 3_000_000, 28, 28));
        byte[] large = Arrays.copyOf(packed, 2_400_000);
        assertImagesFail(
                file(large),
                "idx: digits: has 3,000,000 x 28 x 28 elements; a Java array holds at most"
                        + " 2,147,483,583, so make the set smaller");
    }

    @Test
    void dimensionAboveTheIntsIsNotNegative() throws IOException {
        assertImagesFail(
                file(IdxFiles.idx(new byte[9], 0x0803, 1, -2, 28)),
                "idx: digits: a dimension is 4,294,967,294 at byte 8; it must be 1 to"
                        + " 2,147,483,647");
    }

    @Test
    void fourDimensionsAreNoImages() throws IOException {
        assertImagesFail(
                file(IdxFiles.idx(new byte[9], 0x0804, 1, 1, 1, 9)),
                "idx: digits: has 4 dimensions, images have 3; give a file of images");
    }

    @Test
    void noImages() throws IOException {
        assertImagesFail(
                file(IdxFiles.images(0)),
                "idx: digits: a dimension is 0 at byte 4; it must be 1 to 2,147,483,647");
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
                "idx: digits: the header promises 2,147,483,647 x 28 x 28 elements,"
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

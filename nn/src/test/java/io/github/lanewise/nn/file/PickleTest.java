package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** The pickle of a state_dict, whole, altered and hostile. */
class PickleTest {

    private static final Path FILE =
            Path.of("src/test/resources/io/github/lanewise/nn/model/cnn.pt");

    private static byte[] pickle() throws IOException {
        try (ZipFile zip = new ZipFile(FILE.toFile())) {
            return zip.getInputStream(zip.getEntry("cnn/data.pkl")).readAllBytes();
        }
    }

    private static Object read(byte[] bytes) throws FormatException {
        return new Pickle("test", bytes).read();
    }

    private static Object read(String latin1) throws FormatException {
        return read(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aStateDictIsAMapOfArrays() throws IOException {
        Map<?, ?> map = (Map<?, ?>) read(pickle());
        assertEquals(15, map.size());
        TorchArray weight = (TorchArray) map.get("4.weight");
        assertEquals("[6, 4, 3, 3]", weight.sizes().toString());
        assertEquals(DType.F32, weight.storage().dtype());
        assertTrue(weight.isContiguous());
    }

    @Test
    void anAlteredPickleIsReadOrRefused() throws IOException {
        byte[] bytes = pickle();
        int refused = 0;
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                bytes[at] ^= (byte) bit;
                try {
                    read(bytes);
                } catch (FormatException e) {
                    refused++;
                }
                bytes[at] ^= (byte) bit;
            }
            byte[] cut = Arrays.copyOf(bytes, at);
            assertThrows(FormatException.class, () -> read(cut), "cut at " + at);
        }
        assertTrue(refused > bytes.length, "refused " + refused);
    }

    /** Of each type, little-endian and big-endian, as protocol 2 writes them. */
    @ParameterizedTest
    @CsvSource({
        "b1, |, ~01, true",
        "i1, |, ~fe, -2",
        "u1, |, ~fe, 254",
        "i2, <, ~fe~ff, -2",
        "u2, >, ~ff~fe, 65534",
        "i4, >, ~ff~ff~ff~fe, -2",
        "u4, <, ~fe~ff~ff~ff, 4294967294",
        "i8, <, ~fe~ff~ff~ff~ff~ff~ff~ff, -2",
        "u8, <, ~fe~ff~ff~ff~ff~ff~ff~ff, 18446744073709551614",
        "f2, <, ~00~c0, -2.0",
        "f4, >, ~c0~00~00~00, -2.0",
        "f8, <, ~00~00~00~00~00~00~00~c0, -2.0"
    })
    void aScalarOfNumpyIsAPlainNumber(String type, String order, String bytes, String number)
            throws IOException {
        String pickle =
                "cnumpy._core.multiarray\nscalar\ncnumpy\ndtype\n~8c~02%s~89~88~87R(K~03~8c~01%sNNNtb~8c%s%s~86R."
                        .formatted(type, order, "~%02x".formatted(utf8Length(bytes)), utf8(bytes));
        assertEquals(number, read(unescaped(pickle)).toString());
    }

    /** Protocol 2 writes bytes as characters of the same numbers, which are then UTF-8. */
    private static String utf8(String bytes) {
        byte[] utf8 = unescaped(bytes).getBytes(StandardCharsets.UTF_8);
        return new String(utf8, StandardCharsets.ISO_8859_1);
    }

    private static int utf8Length(String bytes) {
        return utf8(bytes).length();
    }

    @Test
    void plainValuesArePassedOver() throws IOException {
        Object value =
                read(
                        unescaped(
                                "(~8f(K~01~90(K~02~91C~02ab~8b~09~00~00~00123456789"
                                        + "ccollections\ndeque\n)R(K~01eK~05t."));
        assertEquals("[a set, a set, [B, a number of 9 bytes, ", passedOver(value));
    }

    private static String passedOver(Object value) {
        String text = value.toString();
        assertTrue(text.endsWith(", a value of collections.deque, 5]"), text);
        return text.replaceAll("\\[B@[0-9a-f]+", "[B")
                .replace("a value of collections.deque, 5]", "");
    }

    @Test
    void keysMayBeAnythingAndTuplesAreNotComparedByWhatIsInThem() throws IOException {
        Map<?, ?> map = (Map<?, ?>) read(unescaped("}(NK~01~88K~02]q~00h~00aK~03u."));
        assertEquals(List.of("null", "true", "a list of 1"), strings(map.keySet()));
        assertEquals(List.of(1L, 2L, 3L), List.copyOf(map.values()));
    }

    private static List<String> strings(Collection<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private static String unescaped(String pickle) {
        return Pattern.compile("~([0-9a-f]{2})")
                .matcher(pickle.replace("\\n", "\n"))
                .replaceAll(
                        m ->
                                Matcher.quoteReplacement(
                                        "" + (char) Integer.parseInt(m.group(1), 16)));
    }

    @ParameterizedTest
    @CsvSource({
        "cposix\\nsystem\\nX~03~00~00~00abc~85R., '\"posix.system\"; nothing was run'",
        "cbuiltins\\neval\\n., '\"builtins.eval\"; nothing was run'",
        "ctorch\\nload\\n., '\"torch.load\"'",
        "~80~06., expected pickle protocol 2 to 5",
        "., expected a value on the stack",
        "(N., expected the end after one value",
        "NN., expected the end after one value",
        "h~05., expected a value under 5 in the memo",
        "X~ff~ff~ff~ffa., 'expected a string of 4,294,967,295 bytes, found the end'",
        "N~97., found operation 0x97",
        "N)~81., 'expected a global to call'",
        "cbuiltins\\ngetattr\\n., '\"builtins.getattr\"; nothing was run'",
        "c__main__\\nset\\n., '\"__main__.set\"; nothing was run'",
        "ctorch\\nfloat32\\n)R., 'expected a function, found torch.float32'",
        "K~01(K~02~90., 'expected a set, found 1'",
        "~96~ff~ff~ff~ff~ff~ff~ff~ff., 'expected -1 bytes more, found the end'",
        "~8b~ff~ff~ff~ff., 'found the end'",
        "cnumpy.core.multiarray\\nscalar\\n(K~01K~01tR., 'expected a type of NumPy as argument 0'",
        "ccollections\\n"
                + "OrderedDict\\n"
                + "]~85R., 'expected 0 arguments of collections.OrderedDict, found 1'",
        "i__main__\\nA\\n., found operation 0x69",
        "}(K~01u., 'expected keys and values, found a key alone'",
        "~8a~ff., 'expected 255 bytes more, found the end'"
    })
    void whatAStateDictDoesNotNeedIsRefused(String pickle, String message) {
        String bytes = unescaped(pickle);
        FormatException e = assertThrows(FormatException.class, () -> read(bytes));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void aListInItselfAndAMillionMarksEnd() throws IOException {
        assertTrue(read("]q\0h\0a.") instanceof List<?>);
        byte[] marks = new byte[8_000_000];
        Arrays.fill(marks, (byte) '(');
        FormatException e =
                assertTimeoutPreemptively(
                        Duration.ofMinutes(1),
                        () -> assertThrows(FormatException.class, () -> read(marks)),
                        "reading marks hung");
        assertTrue(e.getMessage().contains("at most 4,000,000 values"), e.getMessage());
    }
}

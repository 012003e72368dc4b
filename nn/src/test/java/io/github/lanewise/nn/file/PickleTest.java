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
        "N~81., found operation 0x81",
        "i__main__\\nA\\n., found operation 0x69",
        "}(NNu., expected a string or a number as key",
        "}(K~01u., 'expected keys and values, found a key alone'",
        "~8a~ff., expected a number of at most 8 bytes"
    })
    void whatAStateDictDoesNotNeedIsRefused(String pickle, String message) {
        String bytes =
                Pattern.compile("~([0-9a-f]{2})")
                        .matcher(pickle.replace("\\n", "\n"))
                        .replaceAll(
                                m ->
                                        Matcher.quoteReplacement(
                                                "" + (char) Integer.parseInt(m.group(1), 16)));
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

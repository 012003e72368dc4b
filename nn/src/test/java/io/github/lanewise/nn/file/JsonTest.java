package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

class JsonTest {

    private static Json parse(String text) throws FormatException {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), "a.json");
    }

    private static void assertRefused(byte[] text, String message) {
        FormatException e = assertThrows(FormatException.class, () -> Json.parse(text, "a.json"));
        assertEquals("json: a.json: " + message, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-0",
                "-1.5e+10",
                "1E9",
                "\"\"",
                "[]",
                "{}",
                "[1,2]",
                "{\"a\":{\"b\":[null]},\"\":0}",
                "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u007f\"",
                "\"ä€😀\""
            })
    void whatIsReadIsWrittenAgain(String text) throws FormatException {
        assertEquals(text, parse(text).toString());
        assertEquals(text, parse(" \t\r\n" + text + "\n").toString());
    }

    @Test
    void escapesStandForTheirCharacters() throws FormatException {
        assertEquals("/ä😀A", parse("\"\\/\\u00e4\\uD83d\\uDE00\\u0041\"").asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``;offset 0: expected a value, found the end",
                "[1,];offset 3: expected a value, found ']'",
                "[1 2];offset 3: expected ',' or ']', found '2'",
                "[1;offset 2: expected ',' or ']', found the end",
                "{\"a\":1,};offset 7: expected a name in double quotes, found '}'",
                "{a:1};offset 1: expected a name in double quotes, found 'a'",
                "{\"a\" 1};offset 5: expected ':', found '1'",
                "{\"a\":1,\"\\u0061\":2};offset 7: expected each name once, found \"a\" again",
                "1 1;offset 2: expected the end, found '1'",
                "tru;offset 3: expected true, found the end",
                "nUll;offset 1: expected null, found 'U'",
                "NaN;offset 0: expected a value, found 'N'",
                "+1;offset 0: expected a value, found '+'",
                "01;offset 1: expected the end, found '1'",
                ".5;offset 0: expected a value, found '.'",
                "1.;offset 2: expected a digit, found the end",
                "1e;offset 2: expected a digit, found the end",
                "-;offset 1: expected a digit, found the end",
                "/**/1;offset 0: expected a value, found '/'",
                "'a';offset 0: expected a value, found '''",
                "\"a;offset 2: expected '\"' at the end of a string, found the end",
                "\"\\x\";offset 2: expected one of \"\\/bfnrtu after a backslash, found 'x'",
                "\"\\u12g4\";offset 5: expected a hexadecimal digit, found 'g'",
                "\"\\ud800\";offset 7: expected the second half of a surrogate pair, found '\"'",
                "\"\\ud800\\u0041\";offset 9: expected the second half of a surrogate pair, found"
                        + " 0041",
                "\"\\udc00\";offset 3: expected the first half of a surrogate pair before, found"
                        + " DC00",
            })
    void faultsAreNamedWithTheirOffset(String text, String message) {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), message);
    }

    @ParameterizedTest
    @CsvSource({
        "22 00 22, 1: expected control characters escaped; found byte 0x00",
        "22 61 0A 22, 2: expected control characters escaped; found byte 0x0A",
        "22 80 22, 1: expected valid UTF-8; found byte 0x80",
        "22 C0 80 22, 1: expected valid UTF-8; found byte 0xC0",
        "22 C1 BF 22, 1: expected valid UTF-8; found byte 0xC1",
        "22 C3 22, 1: expected valid UTF-8; found byte 0xC3",
        "22 E0 9F BF 22, 1: expected valid UTF-8; found byte 0xE0",
        "22 ED A0 80 22, 1: expected valid UTF-8; found byte 0xED",
        "22 E2 82, 1: expected valid UTF-8; found byte 0xE2",
        "22 F0 8F BF BF 22, 1: expected valid UTF-8; found byte 0xF0",
        "22 F4 90 80 80 22, 1: expected valid UTF-8; found byte 0xF4",
        "22 F5 80 80 80 22, 1: expected valid UTF-8; found byte 0xF5",
        "EF BB 31, 0: expected a value; found byte 0xEF",
        "31 EF BB BF, 1: expected the end; found byte 0xEF",
        "EF BB BF EF BB BF 31, 3: expected a value; found byte 0xEF",
        "EF BB BF, 3: expected a value; found the end",
        "31 00, 1: expected the end; found byte 0x00"
    })
    void bytesThatAreNoTextAreRefused(String hex, String message) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        assertRefused(bytes, "offset " + message.replace(';', ','));
    }

    @Test
    void theMarkOfUtf8IsSkippedAndThatOfUtf16Named() throws FormatException {
        assertEquals(1, Json.parse("\uFEFF1".getBytes(StandardCharsets.UTF_8), "a.json").asInt());
        for (Charset other : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertRefused(
                    "\uFEFF1".getBytes(other),
                    "offset 0: expected UTF-8, found the byte order mark of UTF-16; write the text"
                            + " in UTF-8");
        }
    }

    @Test
    void depthIsBounded() throws FormatException {
        parse("[".repeat(512) + "]".repeat(512));
        assertRefused(
                "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8),
                "offset 512: expected at most 512 objects and arrays in each other, found one"
                        + " more");
        assertRefused(
                "{\"a\":".repeat(513).getBytes(StandardCharsets.UTF_8),
                "offset 2560: expected at most 512 objects and arrays in each other, found one"
                        + " more");
    }

    @Test
    void numbersOfCharactersAndOfValuesAreBounded() throws FormatException {
        parse("1".repeat(1024));
        assertRefused(
                "1".repeat(1025).getBytes(StandardCharsets.UTF_8),
                "offset 0: expected a number of at most 1,024 characters, found 1,025");
        parse("[" + "0,".repeat(999_998) + "0]");
        assertRefused(
                ("[" + "0,".repeat(1_000_000) + "0]").getBytes(StandardCharsets.UTF_8),
                "offset 1999999: expected at most 1,000,000 values, found more");
    }

    @Test
    void aTextThatIsCutAnywhereIsRefused() throws FormatException {
        byte[] text =
                "{\"a\": [1.5e3, true, null, \"ä\\n\\ud83d\\ude00\"], \"b\": {}}"
                        .getBytes(StandardCharsets.UTF_8);
        Json.parse(text, "whole");
        for (int i = 0; i < text.length; i++) {
            byte[] cut = Arrays.copyOf(text, i);
            assertThrows(FormatException.class, () -> Json.parse(cut, "cut"), "after " + i);
        }
    }

    @Test
    void aFlippedBitGivesAValueOrAFormatException() {
        byte[] text =
                "{\"a\": [1.5e3, true, null, \"ä\\n\\ud83d\\ude00\"], \"b\": {}}"
                        .getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int bit = 0; bit < 8 * text.length; bit++) {
            text[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertFalse(Json.parse(text, "flipped").toString().isEmpty());
            } catch (FormatException e) {
                refused++;
            }
            text[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertTrue(refused > 200, "refused " + refused);
    }

    @Test
    void floatsAndDoublesComeBackWithTheSameBits() throws FormatException {
        Random random = new Random(1);
        float[] floats = new float[100_000];
        double[] doubles = new double[100_000];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.intBitsToFloat(random.nextInt());
            doubles[i] = Double.longBitsToDouble(random.nextLong());
        }
        float[] specialFloats = {
            0f,
            -0f,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            2e-44f,
            1.17549435E-38f
        };
        double[] specialDoubles = {
            0,
            -0d,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            2e-323,
            0.1
        };
        for (float[] values : new float[][] {floats, specialFloats}) {
            float[] back = Json.parse(Json.of(values).toBytes(), "floats").asFloats();
            assertArrayEquals(bits(values), bits(back));
        }
        for (double[] values : new double[][] {doubles, specialDoubles}) {
            double[] back = Json.parse(Json.of(values).toBytes(), "doubles").asDoubles();
            assertArrayEquals(
                    Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray(),
                    Arrays.stream(back).mapToLong(Double::doubleToLongBits).toArray());
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }

    @Test
    void wholeNumbersAreExactOrRefused() throws FormatException {
        long[] longs = {Long.MIN_VALUE, -1, 0, 9007199254740993L, Long.MAX_VALUE};
        assertArrayEquals(longs, Json.parse(Json.of(longs).toBytes(), "longs").asLongs());
        int[] ints = {Integer.MIN_VALUE, 0, Integer.MAX_VALUE};
        assertArrayEquals(ints, Json.parse(Json.of(ints).toBytes(), "ints").asInts());
        assertAccess("[2147483648]", "[0]: expected an int, found 2147483648", j -> j.asInts());
        assertAccess(
                "[9223372036854775808]",
                "[0]: expected a long, found 9223372036854775808",
                j -> j.asLongs());
        assertAccess("1.0", "the document: expected an int, found 1.0", Json::asInt);
        assertAccess(
                "1e400",
                "the document: expected a number in a double's range, found 1e400",
                Json::asDouble);
        assertAccess(
                "1e39",
                "the document: expected a number in a float's range, found 1e39",
                Json::asFloat);
        assertAccess("\"1\"", "the document: expected a number, found \"1\"", Json::asDouble);
        assertAccess("\"NaN\"", "the document: expected an int, found \"NaN\"", Json::asInt);
    }

    private interface Access {
        Object of(Json json) throws FormatException;
    }

    private static void assertAccess(String text, String message, Access access)
            throws FormatException {
        Json json = parse(text);
        FormatException e = assertThrows(FormatException.class, () -> access.of(json));
        assertEquals("json: a.json: " + message, e.getMessage());
    }

    @Test
    void accessorsNameThePath() throws FormatException {
        String text =
                "{\"model\":{\"layers\":[{},{\"inFeatures\":\"many\"}],\"odd name\":[[true]]}}";
        assertAccess(
                text,
                "model.layers[1].inFeatures: expected an int, found \"many\"",
                j -> j.get("model").get("layers").get(1).get("inFeatures").asInt());
        assertAccess(
                text,
                "model.layers[0]: expected a member \"type\", found an object without members",
                j -> j.get("model").get("layers").get(0).get("type"));
        assertAccess(
                text,
                "model[\"odd name\"][0][0]: expected a string, found true",
                j -> j.get("model").get("odd name").get(0).get(0).asString());
        assertAccess(
                text,
                "model.layers: expected an element [2], found an array of 2",
                j -> j.get("model").get("layers").get(2));
        assertAccess(
                text,
                "model: expected an array, found an object with \"layers\", \"odd name\"",
                j -> j.get("model").elements());
        assertAccess(
                text,
                "the document: expected no members but a, b, found \"model\"",
                j -> j.only("a", "b"));
        assertAccess(
                text,
                "model: expected a power of two, found an object with \"layers\", \"odd name\"",
                j -> {
                    throw j.get("model").expected("a power of two");
                });
        assertAccess(
                "[null]", "[0]: expected true or false, found null", j -> j.get(0).asBoolean());
    }

    @Test
    void findIsEmptyForWhatIsMissing() throws FormatException {
        Json json = parse("{\"a\":null,\"b\":[\"x\",\"y\"]}");
        assertTrue(json.find("a").orElseThrow().isNull());
        assertTrue(json.find("c").isEmpty());
        assertEquals(Set.of("a", "b"), json.names());
        assertEquals(List.of("x", "y"), json.get("b").asStrings());
        assertEquals(2, json.get("b").size());
        assertEquals(2, json.size());
    }

    @Test
    void withCopiesAndReplaces() throws FormatException {
        Json one = Json.object().with("a", 1).with("b", true);
        Json two = one.with("a", List.of(1.5f, "x")).with("c", one);
        assertEquals("{\"a\":1,\"b\":true}", one.toString());
        assertEquals("{\"a\":[1.5,\"x\"],\"b\":true,\"c\":{\"a\":1,\"b\":true}}", two.toString());
        assertEquals(parse(two.toString()), two);
        assertEquals(parse(two.toString()).hashCode(), two.hashCode());
        assertThrows(IllegalStateException.class, () -> Json.of(1).with("a", 1));
    }

    @Test
    void whatJsonDoesNotHaveIsRefusedByOf() {
        assertThrows(IllegalArgumentException.class, () -> Json.of(new Object()));
        assertThrows(IllegalArgumentException.class, () -> Json.of(Map.of(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> Json.of("\ud800"));
        assertThrows(IllegalArgumentException.class, () -> Json.of("\udc00a"));
        assertThrows(IllegalArgumentException.class, () -> Json.of(Map.of("\ud800", 2)));
        Map<String, Object> itself = new LinkedHashMap<>();
        itself.put("a", itself);
        assertThrows(IllegalArgumentException.class, () -> Json.of(itself));
        Object deep = Collections.emptyList();
        for (int i = 0; i < 512; i++) {
            deep = List.of(deep);
        }
        Object tooDeep = deep;
        assertThrows(IllegalArgumentException.class, () -> Json.of(tooDeep));
    }

    @Test
    void aFileIsWrittenForPeople(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.json");
        Json json =
                Json.object()
                        .with("shape", new int[] {1, 28})
                        .with("layers", List.of(Map.of("type", "Linear"), Map.of()))
                        .with("none", List.of());
        json.write(file);
        String text =
                """
                {
                  "shape": [1, 28],
                  "layers": [
                    {
                      "type": "Linear"
                    },
                    {}
                  ],
                  "none": []
                }
                """;
        assertEquals(text, Files.readString(file));
        assertEquals(json, Json.read(file));
        Files.writeString(file, "{");
        FormatException e = assertThrows(FormatException.class, () -> Json.read(file));
        assertEquals(
                "json: " + file + ": offset 1: expected a name in double quotes, found the end",
                e.getMessage());
    }
}

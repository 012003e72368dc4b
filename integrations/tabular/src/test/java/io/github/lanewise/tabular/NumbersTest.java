package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class NumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "+7",
                "-12.50",
                ".5",
                "5.",
                "1e3",
                "1E-7",
                "0.1",
                "123456789012345678901234567890",
                "0.000000000000000000000000001",
                "9007199254740993",
                "1.7976931348623157e308"
            })
    void decimalsAreReadAsJavaReadsThem(String text) {
        assertEquals(Double.parseDouble(text), Numbers.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,5 | 1.5",
                "-1.234,56 | -1234.56",
                "+1.234.567 | 1234567",
                "12,50e3 | 12500",
                "0,25 | 0.25",
                ",5 | 0.5",
                "1234567,8 | 1234567.8",
            })
    void decimalCommasAreReadWhereTold(String text, double number) {
        assertEquals(number, Numbers.parse(text, ','));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0,001 | true", "-0,5 | true", "1.234,5 | true", "1,234 | false"})
    void decimalCommasAreAdvisedWhereSure(String text, boolean sure) {
        String advice = Numbers.advice(text.toCharArray(), 0, text.length(), '.');
        assertEquals(sure, advice.startsWith("give --decimal ',' or write"), advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1'234 | nothing between thousands",
                "1 234,5 | nothing between thousands",
                "-1,234.5 | nothing between thousands",
                "'12' | without quotes",
                "'-3.5' | without quotes",
                "\u22123.5 | with the minus sign -",
                "\u20131 | with the minus sign -",
                "'12 | ",
                "12' | ",
                ",5, | ",
                "'a' | ",
                "\u2212 | ",
                "3\u22124 | "
            })
    void numbersInOtherFormsAreAdvised(String text, String part) {
        String advice = Numbers.advice(text.toCharArray(), 0, text.length(), '.');
        if (part == null) {
            assertNull(advice, text);
        } else {
            assertTrue(advice != null && advice.contains(part), text + ": " + advice);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12.5", "0.123", "1.23,4", "1234.567", "1.2.3", "31.12.2024", "1,5,2", "1,234.5",
                ".123", "1.", "-.123", "1,234.567", ",", "", "1.5e3", "1e1.000"
            })
    void otherPointsAreNoNumbersWithDecimalCommas(String text) {
        assertEquals(Double.NaN, Numbers.parse(text, ','));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "NaN",
                "Infinity",
                "0x1p3",
                "1d",
                "1f",
                "1 2",
                "1,5",
                "--1",
                "1.2.3",
                "1e999",
                "1e99999",
                "٣"
            })
    void otherTextsAreNoNumbers(String text) {
        assertEquals(Double.NaN, Numbers.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12.5 kg | kg",
                "1,200 km/h | km/h",
                "30min | min",
                "-3.5 °C | °C",
                "12 m² | m²",
                "a1 | ",
                "12 | ",
                "kg | ",
                "3 big dogs | ",
                "12e5 | ",
                "2024-W05 | "
            })
    void unitsStandBehindNumbers(String text, String unit) {
        assertEquals(unit, Numbers.unit(text));
    }

    @Test
    void manyDecimalsAreReadExactly() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String text = Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(9)));
            assertEquals(Double.parseDouble(text), Numbers.parse(text), text);
        }
    }

    @Test
    void leadingZeroesAreSeen() {
        for (String text : new String[] {"007", "-01", "00", "01.5"}) {
            assertTrue(Numbers.leadingZero(text.toCharArray(), 0, text.length()), text);
        }
        for (String text : new String[] {"0", "0.5", "-0.5", "10", "", "-"}) {
            assertFalse(Numbers.leadingZero(text.toCharArray(), 0, text.length()), text);
        }
    }

    @Test
    void textIsShort() {
        assertEquals("3", Numbers.text(3));
        assertEquals("-0.5", Numbers.text(-0.5));
        assertEquals("1250000", Numbers.text(1.25e6));
        assertEquals("0.1", Numbers.text(0.1));
    }
}

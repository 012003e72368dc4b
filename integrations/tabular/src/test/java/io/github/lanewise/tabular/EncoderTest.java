package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

class EncoderTest {

    private static int[] rows(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static float[] features(Encoder encoder, Column column, int row) {
        float[] features = new float[encoder.featureCounts().all()];
        encoder.writer(new Features.Counts(0, encoder.featureCounts().numbers(), 0))
                .of(column)
                .write(row, features, 0);
        return features;
    }

    @Test
    void numbersAreScaledByMedianAndQuartiles() {
        NumberColumn column = NumberColumn.of("x", 1, 2, 3, 4, 5, 1000);
        NumberEncoder encoder = NumberEncoder.fit(column, rows(5));
        assertEquals(new RobustScale(3, 2), encoder.scale());
        assertArrayEquals(
                new float[] {(float) (-1 / Math.sqrt(1 + 1 / 9.0))}, features(encoder, column, 0));
        assertTrue(features(encoder, column, 5)[0] < 3);
        assertEquals(3f, encoder.scale().of(Double.POSITIVE_INFINITY));
    }

    @Test
    void withoutQuartilesHalfTheRangeCounts() {
        assertEquals(new RobustScale(0, 5), RobustScale.of(new double[] {0, 0, 0, 0, 0, 10}));
        assertEquals(0f, RobustScale.of(new double[] {7, 7}).of(9));
    }

    @Test
    void missingNumbersAreTheMedianWithAnIndicator() {
        NumberColumn column = NumberColumn.of("x", 1, 2, Double.NaN, 3, 100);
        NumberEncoder encoder = NumberEncoder.fit(column, rows(4));
        assertEquals(2, encoder.scale().median());
        assertEquals(new Features.Counts(1, 1, 0), encoder.featureCounts());
        float[] missing = features(encoder, column, 2);
        assertEquals(0f, missing[0]);
        assertTrue(missing[1] > features(encoder, column, 1)[1]);
        assertEquals(
                new Features.Counts(1, 0, 0),
                NumberEncoder.fit(column, new int[] {0, 1}).featureCounts());
    }

    @Test
    void testRowsChangeNothing() {
        NumberColumn column = NumberColumn.of("x", 1, 2, 3, 1e9, Double.NaN);
        assertEquals(
                NumberEncoder.fit(NumberColumn.of("x", 1, 2, 3), rows(3)),
                NumberEncoder.fit(column, rows(3)));
        TextColumn texts = TextColumn.of("t", "a", "b", "a", "new", null);
        assertEquals(List.of("a", "b"), CategoryEncoder.fit(texts, rows(3)).known());
    }

    @Test
    void twoLevelsAreOneFeature() {
        TextColumn column = TextColumn.of("sex", "f", "m", "f", "m", null, "x");
        CategoryEncoder encoder = CategoryEncoder.fit(column, rows(4));
        assertEquals(new Features.Counts(0, 1, 0), encoder.featureCounts());
        float f = features(encoder, column, 0)[0];
        assertEquals(-f, features(encoder, column, 1)[0]);
        assertEquals(0f, features(encoder, column, 4)[0], "missing");
        assertEquals(0f, features(encoder, column, 5)[0], "unknown: as often f as m");
    }

    @Test
    void fewLevelsAreOneHot() {
        TextColumn column = TextColumn.of("c", "a", "a", "a", "b", "b", "c", null, "new");
        CategoryEncoder encoder = CategoryEncoder.fit(column, rows(7));
        assertEquals(List.of("a", "b", "c"), encoder.known());
        assertEquals(List.of(1, 3, 2, 1, 0), encoder.counts());
        assertEquals(3, encoder.featureCounts().codes());
        float[][] codes = encoder.codes();
        for (int j = 0; j < 3; j++) {
            double mean = 0;
            for (int id = 0; id < 4; id++) {
                mean += codes[id][j] * encoder.count(id) / 7.0;
            }
            assertEquals(mean, codes[encoder.unknownId()][j], 1e-6);
            assertTrue(codes[j + 1][j] > codes[0][j]);
        }
        assertArrayEquals(codes[4], features(encoder, column, 7));
    }

    @Test
    void manyLevelsAreIdsAndRareOnesShareOne() {
        String[] texts = new String[50];
        for (int i = 0; i < 40; i++) {
            texts[i] = "level " + i % 10;
        }
        for (int i = 40; i < 48; i++) {
            texts[i] = "rare " + i;
        }
        texts[49] = "new";
        TextColumn column = TextColumn.of("c", texts);
        CategoryEncoder encoder = CategoryEncoder.fit(column, rows(49));
        assertEquals(new Features.Counts(0, 0, 1), encoder.featureCounts());
        assertEquals(13, encoder.ids());
        assertEquals(0f, features(encoder, column, 48)[0], "missing");
        assertEquals(1f, features(encoder, column, 0)[0]);
        assertEquals(11f, features(encoder, column, 40)[0], "rare");
        assertEquals(11f, features(encoder, column, 47)[0], "rare");
        assertEquals(12f, features(encoder, column, 49)[0], "unknown");
        assertEquals(8, encoder.count(11));
        assertEquals(0, encoder.count(12));
    }

    @Test
    void datesBecomeDaysWeekdayAndSeason() {
        TextColumn column =
                TextColumn.of("d", "2024-01-01", "2024-01-03", "2024-07-02", "2024-01-08");
        DateEncoder encoder = DateEncoder.fit(column, DateFormat.ofPattern("ISO"), rows(3));
        assertEquals(3, encoder.numbers().size());
        assertEquals(List.of("MONDAY", "TUESDAY", "WEDNESDAY"), encoder.weekday().known());
        float[] monday = features(encoder, column, 0);
        float[] later = features(encoder, column, 3);
        assertEquals(2, encoder.numbers().getFirst().scale().median());
        assertArrayEquals(Arrays.copyOfRange(monday, 3, 6), Arrays.copyOfRange(later, 3, 6));
    }

    @Test
    void hoursCountIfThereAreAny() {
        TextColumn column = TextColumn.of("d", "2024-01-01T06:00", "2024-01-01T18:00");
        DateEncoder encoder = DateEncoder.fit(column, DateFormat.ofPattern("ISO"), rows(2));
        assertEquals(5, encoder.numbers().size());
    }

    @Test
    void servingRefusesWhatIsNoValue() {
        NumberColumn column = NumberColumn.of("x", 1, 2, 3);
        Encoder.CellWriter writer = NumberEncoder.fit(column, rows(3)).writer(Features.Counts.NONE);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> writer.write("many", new float[1], 0));
        assertEquals(
                "predict: x: 'many' is no number; give a number, or null for a missing one",
                e.getMessage());
    }
}

package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class TargetTest {

    private final List<String> notes = new ArrayList<>();

    private Target of(Column column) {
        return TargetInference.of(column, null, null, notes);
    }

    private static NumberColumn numbers(double... numbers) {
        return NumberColumn.of("y", numbers);
    }

    @Test
    void twoValuesAreBinary() {
        Target target = of(TextColumn.of("y", "yes", "no", null, "no"));
        assertEquals(Task.BINARY, target.task());
        assertEquals(List.of("no", "yes"), target.classes());
        assertArrayEquals(
                new int[] {1, 0, -1, 0},
                target.labels(TextColumn.of("y", "yes", "no", null, "no")));
        assertEquals(List.of("target y: 2 classes, 'yes' is the positive one"), notes);
        assertEquals(List.of("0.5", "1"), of(numbers(1, 0.5, 1, 0.5)).classes());
    }

    @Test
    void fewWholeNumbersAreClasses() {
        Target target = of(numbers(3, 1, 2, 1, 2, 3));
        assertEquals(Task.MULTICLASS, target.task());
        assertEquals(List.of("1", "2", "3"), target.classes());
        assertEquals(List.of("target y: 3 classes; --task regression takes it as a number"), notes);
        assertEquals(Task.REGRESSION, of(numbers(3, 1, 2.5, 1, 2.5, 3)).task());
        assertEquals(
                Task.REGRESSION,
                of(numbers(IntStream.range(0, 11).asDoubleStream().toArray())).task());
        assertEquals(
                Task.REGRESSION,
                TargetInference.of(numbers(3, 1, 2, 1), Task.REGRESSION, null, notes).task());
    }

    @Test
    void positiveClassIsChosen() {
        TextColumn column = TextColumn.of("y", "good", "bad", "good", "bad");
        assertEquals(
                List.of("good", "bad"), TargetInference.of(column, null, "bad", notes).classes());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> TargetInference.of(column, null, "Bad", notes));
        assertEquals(
                "target: --positive is 'Bad', which y never is; did you mean 'bad'?",
                e.getMessage());
    }

    @Test
    void whatCannotBeLearntIsRefused() {
        assertEquals(
                "target: y is 'a' in all rows; there is nothing to learn",
                refusal(TextColumn.of("y", "a", "a", null)));
        assertEquals(
                "target: y is missing in all rows; there is nothing to learn",
                refusal(numbers(Double.NaN, Double.NaN)));
        assertEquals(
                "target: y has 3 different texts in 4 rows; is it a text, a date or an id? Choose"
                        + " another target",
                refusal(TextColumn.of("y", "a", "b", "c", "c")));
    }

    @Test
    void numbersWrittenInAnotherWayAreNoClasses() {
        String[] rates = new String[60];
        String[] prices = new String[60];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = i % 11 + ",5";
            prices[i] = i % 13 == 0 ? "7" : "$" + i % 12;
        }
        String classes = ", or take it as classes with --task multiclass";
        assertEquals(
                "target: y holds '0,5', which is no number here; give --decimal ',' or write"
                        + " numbers with a point and nothing between thousands, as 1234.5"
                        + classes,
                refusal(TextColumn.of("y", rates)));
        assertEquals(
                "target: y holds '$0', which is no number here; write numbers without currency or"
                        + " percent signs, as 1234.5"
                        + classes,
                refusal(TextColumn.of("y", prices)));
        String[] weights = new String[60];
        String[] codes = new String[60];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 11 + ".5 kg";
            codes[i] = i % 11 + (i % 11 < 5 ? "a" : "b");
        }
        assertEquals(
                "target: y holds '0.5 kg', which is no number here; write numbers without 'kg'"
                        + classes,
                refusal(TextColumn.of("y", weights)));
        List<String> notes = new ArrayList<>();
        assertEquals(
                11,
                TargetInference.of(TextColumn.of("y", codes), null, null, notes).classes().size());
    }

    @Test
    void whatIsNoNumberAmongNumbersIsNamed() {
        String[] texts = new String[60];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = i == 9 ? "inf" : i + ".5";
        }
        assertEquals(
                "target: y holds numbers, and 'inf', which is none; mend it, or name texts of empty"
                        + " cells with --na",
                refusal(TextColumn.of("y", texts)));
    }

    private String refusal(Column column) {
        return assertThrows(IllegalArgumentException.class, () -> of(column)).getMessage();
    }

    @Test
    void numbersAreStandardizedAndClamped() {
        NumberColumn column = numbers(1, 2, 3, 4, 1000);
        Target.Scale scale = Target.Scale.fit(column, new int[] {0, 1, 2, 3}, false, true);
        assertEquals(2.5, scale.mean());
        assertEquals(Math.sqrt(1.25), scale.deviation());
        assertEquals(3, scale.number(scale.scaled(3)), 1e-12);
        assertEquals(4, scale.number(100));
        assertEquals(1, scale.number(-100));
        Target.Scale free = Target.Scale.fit(column, new int[] {0, 1, 2, 3}, false, false);
        assertEquals(1000, free.number(free.scaled(1000)), 1e-9);
    }

    @Test
    void numbersWhoseSquaresAreNoneAreRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Target.Scale.fit(numbers(1, 1e300), new int[] {0, 1}, false, true));
        assertEquals(
                "target: y goes from 1.0 to 1.0E300, too far for its squares to be numbers; divide"
                        + " it, or learn its logarithm (--log-target)",
                e.getMessage());
    }

    @Test
    void logarithmsAreLearnt() {
        Target.Scale scale = Target.Scale.fit(numbers(1, 10, 100), new int[] {0, 1, 2}, true, true);
        assertEquals(Math.log(10), scale.mean(), 1e-12);
        assertEquals(50, scale.number(scale.scaled(50)), 1e-9);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Target.Scale.fit(numbers(1, 0), new int[] {0, 1}, true, true));
        assertEquals("target: y is 0 in a row; --log-target takes numbers above 0", e.getMessage());
    }
}

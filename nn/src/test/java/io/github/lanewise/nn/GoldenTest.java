package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The golden folder is complete, and no test passes over what a case says. */
class GoldenTest {

    private static final String CASE =
            """
            {"name": "one", "op": "example",
             "hyper": {"eps": 0.5, "sides": [1, 2], "mask": null, "note": "in words",
                       "inner": {"beta": 2, "deep": {"on": true}}},
             "inputs": {"x": {"dtype": "float32", "shape": [1, 2], "data": [1, 2]}},
             "outputs": {"y": {"dtype": "float64", "shape": [], "data": [3]}}}
            """;

    private static final AtomicInteger CLOSED = new AtomicInteger();

    /** Where the folder is missing this shows as skipped and says what to set. */
    @Test
    void everyGroupInTheFolderHasItsTestAndEveryOperation() {
        assertEquals(Golden.OPERATIONS.keySet(), Golden.groups());
        for (String group : Golden.groups()) {
            Golden.cases(group)
                    .forEach(
                            c ->
                                    assertTrue(
                                            Golden.OPERATIONS.get(group).contains(c.operation()),
                                            () -> c + ": no test knows " + c.operation()));
        }
    }

    private static GoldenCase read() throws IOException {
        return new GoldenCase(new ObjectMapper().readTree(CASE));
    }

    @Test
    @SuppressWarnings("try")
    void allThatATestPassesOverIsNamed() throws IOException {
        GoldenCase one = read();
        assertLeft("hyper.eps, hyper.inner, hyper.mask, hyper.sides, inputs.x, outputs.y", one);
        assertEquals(0.5, one.hyper().number("eps"));
        assertEquals(-1, one.hyper().integerOrNull("mask", -1));
        assertEquals(2, one.hyper().pair("sides")[1]);
        assertLeft("hyper.inner, inputs.x, outputs.y", one);
        GoldenArguments inner = one.hyper().object("inner");
        assertLeft("hyper.inner.beta, hyper.inner.deep, inputs.x, outputs.y", one);
        assertEquals(2, inner.number("beta"));
        GoldenArguments deep = inner.object("deep");
        assertLeft("hyper.inner.deep.on, inputs.x, outputs.y", one);
        assertTrue(deep.flagIfAny("on"));
        assertTrue(one.hasInput("x") && one.hasOutput("y"));
        assertEquals(2, one.shape("x")[1]);
        assertLeft("inputs.x, outputs.y", one);
        assertEquals(Matrix.row(1, 2).at(0, 1), one.input("x").at(0, 1));
        assertLeft("outputs.y", one);
        assertThrows(AssertionError.class, () -> one.checkDoubles("y", 4));
        assertLeft("outputs.y", one);
        one.checkDoubles("y", 3);
        one.close();
    }

    private static void assertLeft(String names, GoldenCase one) {
        String message = assertThrows(AssertionError.class, one::close).getMessage();
        assertTrue(message.contains("[" + names + "]"), message);
    }

    @Test
    @SuppressWarnings("try")
    void valuesOfAnotherTypeAreRefusedAndStayUnread() throws IOException {
        GoldenArguments hyper = read().hyper();
        assertThrows(IllegalArgumentException.class, () -> hyper.integer("eps"));
        assertThrows(IllegalArgumentException.class, () -> hyper.flag("eps"));
        assertThrows(IllegalArgumentException.class, () -> hyper.number("mask"));
        assertThrows(IllegalArgumentException.class, () -> hyper.number("absent"));
        assertEquals(4, hyper.unread().size());
    }

    static Stream<AutoCloseable> arguments() {
        AutoCloseable counts = CLOSED::incrementAndGet;
        return Stream.of(counts, counts);
    }

    /** The parity tests rely on it. */
    @ParameterizedTest
    @MethodSource("arguments")
    void argumentsAreClosedByJUnit(AutoCloseable argument) {
        assertTrue(argument != null);
    }

    @AfterAll
    static void allArgumentsWereClosed() {
        assertEquals(2, CLOSED.get());
    }
}

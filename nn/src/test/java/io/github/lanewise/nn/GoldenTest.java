package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GoldenTest {

    /**
     * Where the folder is missing this shows as skipped and says what to set; the parity suites are
     * empty.
     */
    @Test
    void goldenTracesAreFound() {
        assertEquals(14, Golden.cases("training_traces").count());
    }
}

package io.github.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.bench.front.Tabular;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WorkloadTest {

    private static final int SAMPLES = 300;

    @ParameterizedTest
    @EnumSource(Workload.class)
    void itsNetworkOfOursGivesARowOfClassesForEachAnswer(Workload workload) {
        TrainedNet net = TrainedNet.of(workload);
        int answers = workload.front().answers();
        assertEquals(workload.classes() * answers, net.model().outputShape(net.input()).features());
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void madeUpSamplesFillItsBatches(Workload workload) {
        OurBatch batch = OurBatch.madeUp(TrainedNet.of(workload));
        assertEquals(workload.batch(), batch.inputs().rows());
        assertEquals(workload.features(), batch.inputs().cols());
        assertEquals(workload.batch(), batch.targets().size());
    }

    @Test
    void categoriesAreBelowTheirLevels() {
        Tabular table = (Tabular) Workload.M9.front();
        float[] inputs = TrainedNet.of(Workload.M9).madeUp(SAMPLES).inputs();
        int features = Workload.M9.features();
        for (int i = 0; i < inputs.length; i++) {
            int category = i % features - table.numbers();
            if (category >= 0) {
                float index = inputs[i];
                assertTrue(index >= 0 && index < table.levels().get(category), "index " + index);
                assertEquals((int) index, index);
            }
        }
    }

    /** Sums of height x width x window x inputs x outputs, and of inputs x outputs, by hand. */
    @Test
    void operationsOfANetworkAreThoseOfItsProducts() {
        assertEquals(2.0 * (784 * 256 + 256 * 128 + 128 * 10), Workload.M1.forwardFlops());
        double m4 = 24 * 24 * 25 * 16 + 8 * 8 * 25 * 16 * 32 + 512 * 128 + 128 * 10;
        assertEquals(2 * m4, Workload.M4.forwardFlops());
        double rest = 1_179_648 + 5 * 2_359_296 + 131_072;
        assertEquals(2 * (442_368 + 6 * 2_359_296 + 2 * rest + 640), Workload.M8.forwardFlops());
        double m9 = 100 * 256 + 2 * 256 * 256 + 256 * 2;
        assertEquals(2 * m9, Workload.M9.forwardFlops());
        assertEquals(2 * m9 * 3 * 512, Workload.M9.flops());
    }

    @Test
    void firstLayerWithoutParametersBelowHasNoInputGradient() {
        double all = Workload.M1.forwardFlops();
        assertEquals(64 * (3 * all - 2.0 * 784 * 256), Workload.M1.flops());
    }
}

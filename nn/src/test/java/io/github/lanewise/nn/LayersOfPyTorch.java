package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Layers of a table against PyTorch and central differences. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LayersOfPyTorch {

    /** Returns what makes each layer, by the name of its case. */
    protected abstract Map<String, Supplier<Layer>> table();

    public Stream<GoldenCase> cases() {
        return TorchNumbers.cases("layers").filter(golden -> table().containsKey(golden.name()));
    }

    @Test
    public void everyLayerHasItsNumbers() {
        assertEquals(table().keySet().size(), cases().count());
    }

    @ParameterizedTest
    @MethodSource("cases")
    public void layerMatchesPyTorch(GoldenCase golden) {
        TorchNumbers.check(golden, table().get(golden.name()).get());
    }

    @ParameterizedTest(autoCloseArguments = false) // looks at a part of the case
    @MethodSource("cases")
    public void backwardAgreesWithCentralDifferences(GoldenCase golden) {
        Layer layer = table().get(golden.name()).get();
        GradientCheck.Result result = GradientCheck.of(layer, golden.sample("x"), 2, 1);
        assertTrue(result.passed(), result::toString);
    }
}

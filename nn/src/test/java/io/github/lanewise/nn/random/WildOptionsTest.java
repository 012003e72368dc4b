package io.github.lanewise.nn.random;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/**
 * Layers made with numbers that nobody should pass (negative, 0, far too large, NaN), for shapes
 * that they do not fit: they bind and compute, or there is one named error.
 */
class WildOptionsTest {

    private static final int MOST_FEATURES = 4_000;
    private static final long MOST_PARAMETERS = 40_000;

    @TestFactory
    Stream<DynamicTest> aLayerBindsOrSaysWhyNot() {
        return RandomSettings.forEachSeed(
                1500,
                seed -> {
                    Draw d = new Draw(seed, true);
                    Shape told = d.shape(d.among(1, 4));
                    Shape given = d.chance(0.6) ? told : d.shape(d.among(1, 4));
                    try {
                        Layer layer = RandomLayers.maker(d, told.rank()).make(d, told.dimensions());
                        compute(d, layer, given);
                    } catch (IllegalArgumentException e) {
                        Complaints.require(e);
                    }
                });
    }

    private static void compute(Draw d, Layer layer, Shape input) {
        int outputs = layer.outputShape(input).features();
        long parameters =
                layer.parameters().values().stream()
                        .mapToLong(p -> (long) p.savedShape().features())
                        .sum();
        if (outputs > MOST_FEATURES || parameters > MOST_PARAMETERS) {
            return;
        }
        Workspace workspace = Workspace.training(2);
        Pass pass = layer.bind(input, workspace);
        if (pass.forward(d.gaussian(2, input.features())).cols() != outputs) {
            throw new AssertionError("another shape came out of " + layer + " for " + input);
        }
        if (pass.backward(d.gaussian(2, outputs)).cols() != input.features()) {
            throw new AssertionError("another shape came back from " + layer + " for " + input);
        }
    }
}

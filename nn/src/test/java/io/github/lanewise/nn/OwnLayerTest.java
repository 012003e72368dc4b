package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.graph.Concat;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Identity;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.GradientCheck;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** A layer that the library does not know works wherever one that it knows does. */
class OwnLayerTest {

    static Stream<Layer> homes() {
        Scale shared = new Scale();
        Input x = new Input(6);
        Value twice = x.then(shared, new ReLU(), new Linear(6, 6)).plus(x).then(shared);
        return Stream.of(
                new Scale(),
                new Sequential(new Linear(6, 4), new ReLU(), new Scale(), new Linear(4, 3)),
                new Residual(new Scale(), new Linear(6, 6)),
                new Concat(new Scale(), new Identity(), new Linear(6, 2)),
                new Model(x, twice));
    }

    @ParameterizedTest
    @MethodSource("homes")
    void gradientsAgreeWithCentralDifferences(Layer layer) {
        GradientCheck.Result result = GradientCheck.of(layer, new Shape(6), 5, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void trainingChangesItsParameter() {
        Scale scale = new Scale();
        Sequential model = new Sequential(new Linear(2, 2), scale);
        assertEquals(
                List.of("0.weight", "0.bias", "1.factor"),
                List.copyOf(model.parameters().keySet()));
        new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f))
                .fit(new Ellipses(64, 1).dataset(), 2, 32);
        assertNotEquals(0.5f, weights(scale)[0]);
    }
}

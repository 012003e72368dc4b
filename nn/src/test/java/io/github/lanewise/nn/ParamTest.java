package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.optim.L1Penalty;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class ParamTest {

    private static Sequential block() {
        return new Sequential(new Linear(4, 4), new ReLU());
    }

    @Test
    void newModelsAreEqualAndOfSeedZero() {
        Sequential reseeded = block();
        reseeded.initialize(0);
        assertArrayEquals(weights(block()), weights(block()));
        assertArrayEquals(weights(reseeded), weights(block()));
    }

    @Test
    void seedsGiveDifferentWeightsAndComeBack() {
        Sequential model = block();
        float[] zero = weights(model);
        model.initialize(1);
        assertFalse(Arrays.equals(zero, weights(model)));
        model.initialize(0);
        assertArrayEquals(zero, weights(model));
    }

    @Test
    void equalBlocksOfOneModelDiffer() {
        Sequential first = block();
        Sequential second = block();
        Sequential model = new Sequential(first, second);
        assertFalse(Arrays.equals(weights(first), weights(second)));
        float[] all = weights(model);
        model.initialize(0);
        assertArrayEquals(all, weights(model));
    }

    @Test
    void valuesThatWereSetSurviveBeingPutIntoAModel() {
        Linear pretrained = new Linear(4, 4);
        Arrays.fill(pretrained.weight().value().data(), 7);
        new Sequential(new ReLU(), pretrained);
        assertEquals(7, pretrained.weight().value().at(3, 3));
    }

    @Test
    void oneMoreLayerLeavesTheStreamsOfTheOthersAlone() {
        Linear alone = new Linear(4, 4);
        Linear followed = new Linear(4, 4);
        new Sequential(alone);
        new Sequential(followed, new Linear(4, 9));
        assertArrayEquals(values(alone.weight().value()), values(followed.weight().value()));
    }

    @Test
    void defaultInitializationFillsPyTorchsInterval() {
        Linear layer = new Linear(100, 200);
        float bound = 0.1f;
        double squares = 0;
        for (float w : values(layer.weight().value())) {
            assertTrue(Math.abs(w) <= bound);
            squares += w * w;
        }
        double deviation = Math.sqrt(squares / layer.weight().size());
        assertEquals(bound / Math.sqrt(3), deviation, 0.001);
        for (float b : values(layer.bias().value())) {
            assertTrue(Math.abs(b) <= bound);
        }
    }

    @Test
    void gradientsAddUpUntilTheyAreCleared() {
        Linear layer = new Linear(3, 2);
        Pass pass = layer.bind(new Shape(3), Workspace.training(4));
        Arrays.fill(layer.weight().gradient().data(), Float.NaN);
        pass.forward(gaussian(4, 3, 1));
        pass.backward(gaussian(4, 2, 2));
        float[] once = values(layer.weight().gradient());
        pass.backward(gaussian(4, 2, 2));
        float[] twice = values(layer.weight().gradient());
        for (int i = 0; i < once.length; i++) {
            assertEquals(2 * once[i], twice[i], 1e-5f);
        }
        layer.weight().clearGradient();
        assertFalse(layer.weight().hasGradient());
        pass.backward(gaussian(4, 2, 2));
        assertArrayEquals(once, values(layer.weight().gradient()));
    }

    @Test
    void severalRowsMayBeABias() {
        Param biases = new Param(2, 3, Initializer.constant(1)).withoutFans();
        biases.accumulator().nextBeta();
        new L1Penalty(0.5f).beforeStep(List.of(biases));
        assertArrayEquals(new float[6], values(biases.gradient()));
    }
}

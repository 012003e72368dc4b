package io.github.lanewise.nn.layer;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.api.Test;

class PReLUTest {

    @Test
    void fixedWeightMakesItALeakyReLU() {
        Matrix x = gaussian(5, 12, 1);
        Matrix dy = gaussian(5, 12, 2);
        Shape image = new Shape(3, 2, 2);
        Pass leaky = new LeakyReLU(0.25f).bind(image, Workspace.training(5));
        for (int channels : new int[] {1, 3}) {
            Pass pass = new PReLU(channels, 0.25f).bind(image, Workspace.training(5));
            assertArrayEquals(values(leaky.forward(x)), values(pass.forward(x)));
            assertArrayEquals(values(leaky.backward(dy)), values(pass.backward(dy)));
        }
    }

    @Test
    void eachChannelHasItsWeight() {
        PReLU layer = new PReLU(2, 0);
        Matrices.assign(layer.weight(), Matrix.row(0.5f, 2));
        Pass pass = layer.bind(new Shape(2, 2), Workspace.inference(1));
        Matrix y = pass.forward(Matrix.row(-1, 3, -4, 5));
        assertArrayEquals(new float[] {-0.5f, 3, -8, 5}, values(y));
    }

    @Test
    void wrongChannelsAreRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new PReLU(4, 0).bind(new Shape(3, 2), Workspace.training(1)));
        assertEquals(
                "PReLU(4): input is 3x2, which has 3 channels; the layer takes 4", e.getMessage());
    }
}

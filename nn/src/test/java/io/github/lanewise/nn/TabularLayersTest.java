package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.ParametricActivation;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.schedule.CosineLogLR;
import io.github.lanewise.nn.schedule.FlatCosine;

import org.junit.jupiter.api.Test;

/** Layers and schedules that networks for tables need. */
class TabularLayersTest {

    @Test
    void scaleMultipliesEachFeature() {
        FeatureScale layer = new FeatureScale(3);
        Matrices.assign(layer.weight(), Matrix.row(2, -1, 0));
        Pass pass = layer.bind(new Shape(3), Workspace.inference(2));
        Matrix y = pass.forward(Matrix.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        assertArrayEquals(new float[] {2, -2, 0, 8, -5, 0}, values(y));
    }

    @Test
    void activationIsMixedFeatureByFeature() {
        ParametricActivation layer = new ParametricActivation(new ReLU(), 3);
        Matrices.assign(layer.weight(), Matrix.row(1, 0, 0.5f));
        for (Workspace workspace :
                new Workspace[] {Workspace.inference(1), Workspace.training(1)}) {
            Pass pass = layer.bind(new Shape(3), workspace);
            assertArrayEquals(
                    new float[] {0, -4, -2}, values(pass.forward(Matrix.row(-4, -4, -4))));
        }
    }

    @Test
    void periodicEmbeddingIsItsFormula() {
        PeriodicEmbedding layer = new PeriodicEmbedding(2, 3, 4, 0.5f);
        Matrix x = gaussian(5, 2, 1);
        Matrix y = layer.bind(new Shape(2), Workspace.inference(5)).forward(x);
        for (int i = 0; i < 5; i++) {
            for (int k = 0; k < 2; k++) {
                assertEquals(x.at(i, k), y.at(i, k));
                for (int j = 0; j < 3; j++) {
                    double sum = layer.bias().value().at(0, 3 * k + j);
                    for (int w = 0; w < 3; w++) {
                        double turns =
                                layer.frequency().value().at(k, w) * x.at(i, k)
                                        + layer.phase().value().at(0, 3 * k + w);
                        sum +=
                                layer.weight().value().at(3 * k + w, j)
                                        * StrictMath.cos(2 * Math.PI * turns);
                    }
                    assertEquals(sum, y.at(i, 2 + 3 * k + j), 1e-5);
                }
            }
        }
    }

    @Test
    void cosineLogHasWavesOfDoubledLength() {
        CosineLogLR schedule = new CosineLogLR(0.04, 15, 4);
        for (int t : new int[] {0, 1, 3, 7, 15}) {
            assertEquals(0, schedule.at(t), 1e-15, "at " + t);
        }
        double middle = 15 * (StrictMath.pow(2, 3.5) - 1) / 15;
        assertEquals(0.04, new CosineLogLR(0.04, 15_000, 4).at(Math.round(1000 * middle)), 1e-9);
    }

    @Test
    void flatCosineStaysThenFalls() {
        FlatCosine schedule = new FlatCosine(0.15, 100);
        assertEquals(0.15, schedule.at(0));
        assertEquals(0.15, schedule.at(49));
        assertEquals(0.15, schedule.at(50), 1e-15);
        assertEquals(0.075, schedule.at(75), 1e-15);
        assertEquals(0, schedule.at(100), 1e-15);
    }

    @Test
    void dropoutCanBeScheduled() {
        Dropout dropout = new Dropout(0.5f);
        Pass pass = dropout.bind(new Shape(4), Workspace.training(2));
        Matrix x = gaussian(2, 4, 1);
        dropout.p(0);
        assertArrayEquals(values(x), values(pass.forward(x)));
        dropout.p(1);
        assertArrayEquals(values(x), values(pass.backward(x)), "the share of the forward call");
        assertArrayEquals(new float[8], values(pass.forward(x)), 1e-30f);
        assertThrows(IllegalArgumentException.class, () -> dropout.p(1.5f));
    }
}

package io.github.lanewise.nn.norm;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.LayersOfPyTorch;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.GEGLU;
import io.github.lanewise.nn.layer.GLU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.ReGLU;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.layer.SwiGLU;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Normalizations, gated units and layers of the last dimension against PyTorch. */
class NormsAndGatesTest extends LayersOfPyTorch {

    @Override
    protected Map<String, Supplier<Layer>> table() {
        Map<String, Supplier<Layer>> all = new LinkedHashMap<>();
        all.put("softmax of steps", Softmax::new);
        all.put("log softmax of steps", LogSoftmax::new);
        all.put("instance norm 2d", () -> new InstanceNorm2d(3).eps(1e-3f).affine());
        all.put("instance norm 1d", () -> new InstanceNorm1d(4));
        all.put(
                "local response norm",
                () -> new LocalResponseNorm(3).alpha(0.3f).beta(0.6f).k(1.5f));
        all.put(
                "local response norm of an even size",
                () -> new LocalResponseNorm(4).alpha(0.3f).k(2));
        all.put("glu", GLU::new);
        all.put("glu of channels", () -> new GLU(0));
        all.put("reglu", ReGLU::new);
        all.put("geglu", GEGLU::new);
        all.put("swiglu", SwiGLU::new);
        return all;
    }

    @Test
    void linearOfStepsMatchesPyTorch() {
        GoldenCase golden =
                TorchNumbers.cases("layers")
                        .filter(found -> found.name().equals("linear of steps"))
                        .findFirst()
                        .orElseThrow();
        Linear layer = new Linear(5, 4);
        assign(layer.weight(), transposed(golden.input("weight")));
        assign(layer.bias(), golden.input("bias"));
        Pass pass = layer.bind(new Shape(3, 5), Workspace.training(2));
        golden.check("y", values(pass.forward(golden.batch("x"))));
        golden.check("dx", values(pass.backward(golden.batch("dy"))));
        golden.check("dweight", values(transposed(layer.weight().gradient())));
        golden.check("dbias", values(layer.bias().gradient()));
    }

    @Test
    void gatedUnitsFollowALinearLayerOfSteps() {
        Layer model = new Sequential(new Linear(4, 6), new SwiGLU(), new Linear(3, 2));
        GradientCheck.Result result = GradientCheck.of(model, new Shape(3, 4), 3, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LocalResponseNorm(0));
        assertThrows(IllegalArgumentException.class, () -> new LocalResponseNorm(3).k(0));
        assertThrows(IllegalArgumentException.class, () -> new InstanceNorm1d(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new InstanceNorm2d(3).outputShape(new Shape(3, 1, 1)));
        InstanceNorm2d used = new InstanceNorm2d(3);
        used.parameters();
        assertThrows(IllegalStateException.class, used::affine);
    }
}

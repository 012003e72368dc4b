package io.github.lanewise.onnx.export;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.norm.Reparametrized;
import io.github.lanewise.nn.norm.SpectralNorm;
import io.github.lanewise.nn.norm.WeightNorm;

/** Layers whose weight is computed: the file has what it is for inference. */
final class ReparametrizedEmitters {

    private ReparametrizedEmitters() {}

    static void add(Emitters all) {
        all.with(WeightNorm.class, ReparametrizedEmitters::inner)
                .with(SpectralNorm.class, ReparametrizedEmitters::inner);
    }

    /** A pass for inference leaves the weight where the layer inside has its own. */
    private static Wire inner(GraphBuilder g, Reparametrized layer, Wire x) {
        Matrix zeros = Matrix.zeros(1, x.shape().features());
        layer.bind(x.shape(), Workspace.inference(1)).forward(zeros);
        g.place(layer.layer().parameters().get("weight"), "weight");
        return g.layer("", layer.layer(), x);
    }
}

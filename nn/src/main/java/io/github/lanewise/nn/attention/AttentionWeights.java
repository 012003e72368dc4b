package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Projection.Part;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The parameters of an attention, as PyTorch has them: one weight for queries, keys and values side
 * by side if all have as many features, else three.
 */
final class AttentionWeights {

    private static final String[] NAMES = {"q_proj_weight", "k_proj_weight", "v_proj_weight"};

    private final Param[] in;
    private final Param inBias;
    private final Param out;
    private final Param outBias;
    private final int[] widths;

    /**
     * Describes them.
     *
     * @param features of queries, keys and values
     * @param keyWidth columns of all heads of keys
     */
    AttentionWeights(int[] features, int keyWidth, boolean bias) {
        int e = features[0];
        widths = new int[] {e, keyWidth, keyWidth};
        int all = e + 2 * keyWidth;
        if (features[1] == e && features[2] == e) {
            in = new Param[] {glorot(e, all)};
        } else {
            in = new Param[NAMES.length];
            for (int part = 0; part < in.length; part++) {
                in[part] = glorot(features[part], widths[part]);
            }
        }
        inBias = bias ? new Param(1, all, Initializer.constant(0)) : null;
        out =
                new Param(e, e, Initializer.kaimingUniform(e))
                        .fans(Fans.ofColumns(e, e))
                        .savedTransposed();
        outBias = bias ? new Param(1, e, Initializer.constant(0)) : null;
    }

    private static Param glorot(int rows, int cols) {
        float bound = (float) Math.sqrt(6.0 / ((double) rows + cols));
        return new Param(rows, cols, Initializer.uniform(bound))
                .fans(Fans.ofColumns(rows, cols))
                .savedTransposed();
    }

    SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        for (int part = 0; part < in.length; part++) {
            parameters.put(in.length == 1 ? "in_proj_weight" : NAMES[part], in[part]);
        }
        if (inBias != null) {
            parameters.put("in_proj_bias", inBias);
        }
        parameters.put("out_proj.weight", out);
        if (outBias != null) {
            parameters.put("out_proj.bias", outBias);
        }
        return parameters;
    }

    /** Returns whether queries, keys and values have one weight. */
    boolean isJoint() {
        return in.length == 1;
    }

    /** Returns the columns of queries (0), keys (1) or values (2). */
    int width(int part) {
        return widths[part];
    }

    /** Returns where the columns of a part begin, if all lie side by side. */
    int from(int part) {
        return switch (part) {
            case 0 -> 0;
            case 1 -> widths[0];
            default -> widths[0] + widths[1];
        };
    }

    /** Returns the weight of a part. */
    Part weight(int part) {
        return isJoint() ? new Part(in[0], from(part)) : new Part(in[part], 0);
    }

    Part bias(int part) {
        return new Part(inBias, from(part));
    }

    Param inBias() {
        return inBias;
    }

    Param out() {
        return out;
    }

    Param outBias() {
        return outBias;
    }
}

package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.ChainPass;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.layer.Pointwise;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Takes the p-norm of each window of each channel: y = (sum x<sup>p</sup>)<sup>1/p</sup>, so the
 * Euclidean norm for 2 and the sum for 1; for infinity the largest amount.
 *
 * <p>As in PyTorch, amounts are taken for infinity alone: with an odd p a negative sum has no root
 * but NaN, nor has a negative value with a broken p. With {@link LPPool2d#ceilMode()}, what a last
 * window lacks counts as the mean of the powers that it has. Powers and roots are computed in
 * double and rounded once. Backward: the gradient is 0 where the sum is.
 */
public abstract sealed class LPPool implements Layer permits LPPool1d, LPPool2d, LPPool3d {

    private static final String[] WORDS = {
        "sequences: channels x length",
        "images: channels x height x width",
        "volumes: channels x depth x height x width"
    };

    private final Options options = new Options();
    private final float normType;
    private final int[] kernel;
    private int[] stride;
    private boolean ceilMode;

    /** Only for the layers of this package. */
    LPPool(float normType, int... kernel) {
        this.normType = normType;
        this.kernel = kernel.clone();
        stride = kernel.clone();
        if (Float.isNaN(normType) || normType == 0 || normType == Float.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "%s: normType is %s; it must be a number other than 0, or infinity"
                            .formatted(getClass().getSimpleName(), normType));
        }
        check();
    }

    private void check() {
        for (int i = 0; i < kernel.length; i++) {
            side(i);
        }
    }

    private Side side(int i) {
        return Side.of(kernel[i]).stride(stride[i]);
    }

    final void setStride(int... numbers) {
        options.requireOpen(this, "stride");
        stride = numbers;
        check();
    }

    final void setCeilMode() {
        options.requireOpen(this, "ceilMode");
        ceilMode = true;
    }

    /** Returns the layer that takes the mean of each window, or the largest value. */
    abstract Layer plain(boolean largest, int[] kernel, int[] stride, boolean ceilMode);

    @Override
    public final Shape outputShape(Shape input) {
        options.close();
        Images.require(this, input, kernel.length + 1, WORDS[kernel.length - 1]);
        int[] made = input.dimensions().clone();
        for (int i = 0; i < kernel.length; i++) {
            made[i + 1] = Pooling.axis(this, input, i + 1, side(i), ceilMode).out();
        }
        return new Shape(made);
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        boolean largest = Float.isInfinite(normType);
        Layer plain = plain(largest, kernel, stride, ceilMode);
        if (largest) {
            return ChainPass.bind(input, workspace, new Pointwise(Pointwise.Function.ABS), plain);
        }
        int count = Arrays.stream(kernel).reduce(1, Math::multiplyExact);
        Pass means = plain.bind(input, workspace);
        return new LPPoolPass(this, means, normType, count, input, workspace);
    }

    @Override
    public final SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("normType", normType);
        all.put("kernelSize", Arrays.stream(kernel).boxed().toList());
        all.put("stride", Arrays.stream(stride).boxed().toList());
        all.put("ceilMode", ceilMode);
        return all;
    }

    @Override
    public final String toString() {
        return "%s(p=%s, kernel %s, stride %s%s)"
                .formatted(
                        getClass().getSimpleName(),
                        normType,
                        Arrays.toString(kernel),
                        Arrays.toString(stride),
                        ceilMode ? ", ceil mode" : "");
    }
}

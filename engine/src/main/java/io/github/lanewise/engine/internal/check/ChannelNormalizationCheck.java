package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Matrix;

import java.util.Locale;
import java.util.Objects;

/** What the arguments of {@link io.github.lanewise.engine.ChannelNormalizations} must be. */
public final class ChannelNormalizationCheck {

    private ChannelNormalizationCheck() {}

    public static void channelSums(Matrix x, float beta, Matrix sums) {
        checkChannels("channelSums", x, "sums", sums, sums == null ? 0 : sums.cols());
        Check.beta("channelSums", beta);
        Check.apart("channelSums", "sums", sums, "x", x);
    }

    public static void channelMoments(Matrix x, Matrix mean, Matrix meanLow, Matrix variance) {
        String operation = "channelMoments";
        checkChannels(operation, x, "mean", mean, mean == null ? 0 : mean.cols());
        Check.sameShape(operation, "meanLow", meanLow, "mean", mean);
        Check.sameShape(operation, "variance", variance, "mean", mean);
        Check.apart(operation, "mean", mean, "x", x);
        Check.apart(operation, "meanLow", meanLow, "x", x);
        Check.apart(operation, "meanLow", meanLow, "mean", mean);
        Check.apart(operation, "variance", variance, "x", x);
        Check.apart(operation, "variance", variance, "mean", mean);
        Check.apart(operation, "variance", variance, "meanLow", meanLow);
        if (x.size() == 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "channelMoments: x is %s; it must have values",
                            x.shape()));
        }
    }

    public static void normalize(ChannelNorm normalization, Activation f, Matrix x, Matrix y) {
        Objects.requireNonNull(f, "f");
        checkNormalization("normalize", normalization, x);
        Check.sameShape("normalize", "x", x, "y", y);
        Check.inPlaceOrApart("normalize", "y", y, "x", x);
        checkApart("normalize", "y", y, normalization);
    }

    public static void normalizeGradientSums(
            ChannelNorm normalization, Matrix x, Matrix dy, Matrix dWeight, Matrix dBias) {
        String operation = "normalizeGradientSums";
        checkNormalization(operation, normalization, x);
        Check.sameShape(operation, "x", x, "dy", dy);
        Check.sameShape(operation, "dWeight", dWeight, "mean", normalization.mean());
        Check.sameShape(operation, "dBias", dBias, "mean", normalization.mean());
        Check.apart(operation, "dBias", dBias, "dWeight", dWeight);
        sumsApart(operation, "dWeight", dWeight, x, dy, normalization);
        sumsApart(operation, "dBias", dBias, x, dy, normalization);
    }

    private static void sumsApart(
            String operation,
            String name,
            Matrix sums,
            Matrix x,
            Matrix dy,
            ChannelNorm normalization) {
        Check.apart(operation, name, sums, "x", x);
        Check.apart(operation, name, sums, "dy", dy);
        checkApart(operation, name, sums, normalization);
    }

    public static void normalizeGradient(
            ChannelNorm normalization,
            Matrix x,
            Matrix dWeight,
            Matrix dBias,
            Matrix dy,
            Matrix dx) {
        String operation = "normalizeGradient";
        checkNormalization(operation, normalization, x);
        Check.sameShape(operation, "x", x, "dy", dy);
        Check.sameShape(operation, "x", x, "dx", dx);
        if (dWeight != null || dBias != null) {
            Check.sameShape(operation, "dWeight", dWeight, "mean", normalization.mean());
            Check.sameShape(operation, "dBias", dBias, "mean", normalization.mean());
            Check.apart(operation, "dx", dx, "dWeight", dWeight);
            Check.apart(operation, "dx", dx, "dBias", dBias);
        }
        Check.apart(operation, "dx", dx, "x", x);
        Check.inPlaceOrApart(operation, "dx", dx, "dy", dy);
        checkApart(operation, "dx", dx, normalization);
    }

    private static void checkApart(
            String operation, String name, Matrix output, ChannelNorm normalization) {
        Check.apart(operation, name, output, "mean", normalization.mean());
        Check.apart(operation, name, output, "variance", normalization.variance());
        if (normalization.meanLow() != null) {
            Check.apart(operation, name, output, "meanLow", normalization.meanLow());
        }
        if (normalization.weight() != null) {
            Check.apart(operation, name, output, "weight", normalization.weight());
            Check.apart(operation, name, output, "bias", normalization.bias());
        }
    }

    private static void checkNormalization(String operation, ChannelNorm normalization, Matrix x) {
        Objects.requireNonNull(normalization, "normalization");
        Matrix mean = normalization.mean();
        checkChannels(operation, x, "mean", mean, mean.cols());
        Check.sameShape(operation, "variance", normalization.variance(), "mean", mean);
        if (normalization.meanLow() != null) {
            Check.sameShape(operation, "meanLow", normalization.meanLow(), "mean", mean);
        }
        if (normalization.weight() != null) {
            Check.sameShape(operation, "weight", normalization.weight(), "mean", mean);
            Check.sameShape(operation, "bias", normalization.bias(), "mean", mean);
        }
    }

    /** Requires one row of numbers, one for each channel, and whole channels. */
    private static void checkChannels(
            String operation, Matrix x, String name, Matrix each, int count) {
        Objects.requireNonNull(x, "x");
        Check.shape(operation, name, each, 1, count);
        if (count == 0 || x.cols() % count != 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: x has %d columns, %s has %d channels; channels must be equally"
                                    + " long",
                            operation,
                            x.cols(),
                            name,
                            count));
        }
    }
}

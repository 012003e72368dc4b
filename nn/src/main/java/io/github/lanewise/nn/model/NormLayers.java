package io.github.lanewise.nn.model;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.BatchNorm3d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.InstanceNorm1d;
import io.github.lanewise.nn.norm.InstanceNorm2d;
import io.github.lanewise.nn.norm.InstanceNorm3d;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.LocalResponseNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.nn.norm.SpectralNorm;
import io.github.lanewise.nn.norm.WeightNorm;

/** How normalizations are made from their options. */
final class NormLayers {

    private NormLayers() {}

    static LayerTypes add(LayerTypes types) {
        return ofWeights(ofSamples(ofBatches(types)));
    }

    private static LayerTypes ofBatches(LayerTypes types) {
        return types.with("BatchNorm1d", BatchNorm1d.class, NormLayers::batchNorm1d)
                .with("BatchNorm2d", BatchNorm2d.class, NormLayers::batchNorm2d)
                .with("BatchNorm3d", BatchNorm3d.class, NormLayers::batchNorm3d);
    }

    private static BatchNorm1d batchNorm1d(LayerOptions o) throws FormatException {
        BatchNorm1d layer =
                new BatchNorm1d(o.getInt("numFeatures"))
                        .eps(o.getFloat("eps"))
                        .momentum(o.getFloat("momentum"))
                        .frozen(o.getBoolean("frozen"));
        return o.getBoolean("affine") ? layer : layer.withoutAffine();
    }

    private static BatchNorm2d batchNorm2d(LayerOptions o) throws FormatException {
        BatchNorm2d layer =
                new BatchNorm2d(o.getInt("numFeatures"))
                        .eps(o.getFloat("eps"))
                        .momentum(o.getFloat("momentum"))
                        .frozen(o.getBoolean("frozen"));
        return o.getBoolean("affine") ? layer : layer.withoutAffine();
    }

    private static BatchNorm3d batchNorm3d(LayerOptions o) throws FormatException {
        BatchNorm3d layer =
                new BatchNorm3d(o.getInt("numFeatures"))
                        .eps(o.getFloat("eps"))
                        .momentum(o.getFloat("momentum"))
                        .frozen(o.getBoolean("frozen"));
        return o.getBoolean("affine") ? layer : layer.withoutAffine();
    }

    private static LayerTypes ofSamples(LayerTypes types) {
        return types.with("GroupNorm", GroupNorm.class, NormLayers::groupNorm)
                .with("InstanceNorm1d", InstanceNorm1d.class, NormLayers::instanceNorm1d)
                .with("InstanceNorm2d", InstanceNorm2d.class, NormLayers::instanceNorm2d)
                .with("InstanceNorm3d", InstanceNorm3d.class, NormLayers::instanceNorm3d)
                .with("LayerNorm", LayerNorm.class, NormLayers::layerNorm)
                .with("LocalResponseNorm", LocalResponseNorm.class, NormLayers::localResponseNorm)
                .with("RMSNorm", RMSNorm.class, NormLayers::rmsNorm);
    }

    private static GroupNorm groupNorm(LayerOptions o) throws FormatException {
        GroupNorm layer =
                new GroupNorm(o.getInt("numGroups"), o.getInt("numChannels"))
                        .eps(o.getFloat("eps"));
        return o.getBoolean("affine") ? layer : layer.withoutAffine();
    }

    private static InstanceNorm1d instanceNorm1d(LayerOptions o) throws FormatException {
        InstanceNorm1d layer = new InstanceNorm1d(o.getInt("numFeatures")).eps(o.getFloat("eps"));
        return o.getBoolean("affine") ? layer.affine() : layer;
    }

    private static InstanceNorm2d instanceNorm2d(LayerOptions o) throws FormatException {
        InstanceNorm2d layer = new InstanceNorm2d(o.getInt("numFeatures")).eps(o.getFloat("eps"));
        return o.getBoolean("affine") ? layer.affine() : layer;
    }

    private static InstanceNorm3d instanceNorm3d(LayerOptions o) throws FormatException {
        InstanceNorm3d layer = new InstanceNorm3d(o.getInt("numFeatures")).eps(o.getFloat("eps"));
        return o.getBoolean("affine") ? layer.affine() : layer;
    }

    private static LayerNorm layerNorm(LayerOptions o) throws FormatException {
        LayerNorm layer = new LayerNorm(o.getInts("normalizedShape")).eps(o.getFloat("eps"));
        boolean bias = o.getBoolean("bias");
        if (!o.getBoolean("elementwiseAffine")) {
            if (bias) {
                throw o.expected("bias", "false, for there is no weight");
            }
            return layer.withoutAffine();
        }
        return bias ? layer : layer.withoutBias();
    }

    private static RMSNorm rmsNorm(LayerOptions o) throws FormatException {
        RMSNorm layer = new RMSNorm(o.getInts("normalizedShape")).eps(o.getFloat("eps"));
        return o.getBoolean("elementwiseAffine") ? layer : layer.withoutAffine();
    }

    private static LocalResponseNorm localResponseNorm(LayerOptions o) throws FormatException {
        return new LocalResponseNorm(o.getInt("size"))
                .alpha(o.getFloat("alpha"))
                .beta(o.getFloat("beta"))
                .k(o.getFloat("k"));
    }

    private static LayerTypes ofWeights(LayerTypes types) {
        return types.with("SpectralNorm", SpectralNorm.class, NormLayers::spectralNorm)
                .with("WeightNorm", WeightNorm.class, o -> new WeightNorm(o.getLayer("layer")));
    }

    private static SpectralNorm spectralNorm(LayerOptions o) throws FormatException {
        return new SpectralNorm(o.getLayer("layer"))
                .nPowerIterations(o.getInt("nPowerIterations"))
                .eps(o.getFloat("eps"));
    }
}

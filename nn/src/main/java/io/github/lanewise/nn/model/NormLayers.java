package io.github.lanewise.nn.model;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.RMSNorm;

/** How normalizations are made from their options. */
final class NormLayers {

    private NormLayers() {}

    static LayerTypes add(LayerTypes types) {
        return types.with("BatchNorm1d", BatchNorm1d.class, NormLayers::batchNorm1d)
                .with("BatchNorm2d", BatchNorm2d.class, NormLayers::batchNorm2d)
                .with("GroupNorm", GroupNorm.class, NormLayers::groupNorm)
                .with("LayerNorm", LayerNorm.class, NormLayers::layerNorm)
                .with("RMSNorm", RMSNorm.class, NormLayers::rmsNorm);
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

    private static GroupNorm groupNorm(LayerOptions o) throws FormatException {
        GroupNorm layer =
                new GroupNorm(o.getInt("numGroups"), o.getInt("numChannels"))
                        .eps(o.getFloat("eps"));
        return o.getBoolean("affine") ? layer : layer.withoutAffine();
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
}

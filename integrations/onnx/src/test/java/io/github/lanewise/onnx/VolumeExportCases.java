package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.ExportCase.of;

import io.github.lanewise.nn.conv.AdaptiveAvgPool3d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool3d;
import io.github.lanewise.nn.conv.AvgPool3d;
import io.github.lanewise.nn.conv.CircularPad3d;
import io.github.lanewise.nn.conv.ConstantPad3d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.ConvTranspose3d;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.nn.conv.ReflectionPad3d;
import io.github.lanewise.nn.conv.ReplicationPad3d;
import io.github.lanewise.nn.conv.ZeroPad3d;
import io.github.lanewise.nn.layer.Dropout3d;
import io.github.lanewise.nn.norm.BatchNorm3d;
import io.github.lanewise.nn.norm.InstanceNorm3d;

import java.util.List;

/** Cases of volumes. */
final class VolumeExportCases {

    private VolumeExportCases() {}

    static List<ExportCase> all() {
        return List.of(
                of(new Dropout3d(0.3f), 2, 3, 4, 5),
                of(new BatchNorm3d(2).eps(1e-3f), 2, 3, 4, 5),
                of(new BatchNorm3d(2).withoutAffine(), 2, 3, 4, 5),
                of(new InstanceNorm3d(2), 2, 3, 4, 5),
                of(new InstanceNorm3d(2).eps(1e-3f).affine(), 2, 3, 4, 5),
                of(new Conv3d(2, 3, 2), 2, 3, 4, 5),
                of(
                        new Conv3d(4, 6, 3, 2, 1)
                                .stride(2, 1, 3)
                                .padding(1, 2, 0)
                                .dilation(1, 2, 1)
                                .groups(2)
                                .withoutBias(),
                        4,
                        5,
                        4,
                        7),
                of(new ConvTranspose3d(2, 3, 2), 2, 3, 4, 5),
                of(
                        new ConvTranspose3d(4, 2, 3, 2, 3)
                                .stride(2, 1, 2)
                                .padding(1, 0, 1)
                                .outputPadding(1, 0, 1)
                                .groups(2),
                        4,
                        3,
                        2,
                        3),
                of(
                        new ConvTranspose3d(2, 2, 2, 2, 2)
                                .stride(1, 2, 1)
                                .dilation(2, 1, 2)
                                .outputPadding(1, 1, 1),
                        2,
                        3,
                        2,
                        3),
                of(new MaxPool3d(2).ceilMode(), 2, 3, 5, 4),
                of(
                        new MaxPool3d(3, 2, 3).stride(2, 1, 1).padding(1, 0, 1).dilation(1, 2, 1),
                        2,
                        5,
                        6,
                        4),
                of(new AvgPool3d(2), 2, 3, 4, 5),
                of(new AvgPool3d(3).stride(2, 2, 2).padding(1, 1, 1).ceilMode(), 2, 6, 5, 6),
                of(
                        new AvgPool3d(3, 2, 2).padding(1, 0, 1).countIncludePad(false).ceilMode(),
                        2,
                        6,
                        5,
                        4),
                of(new AdaptiveAvgPool3d(2, 2, 3), 2, 4, 4, 6),
                of(new AdaptiveAvgPool3d(2, 3, 4), 2, 5, 7, 6),
                of(new AdaptiveMaxPool3d(2, 2, 3), 2, 4, 4, 6),
                of(new AdaptiveMaxPool3d(2, 3, 4), 2, 5, 7, 6),
                of(new CircularPad3d(1, 2, 0, 1, 2, 1), 2, 3, 4, 5),
                of(new ConstantPad3d(1, 2, 0, -1, 2, 0, -1.5f), 2, 3, 4, 5),
                of(new ReflectionPad3d(1, 2, 0, 3, 2, 1), 2, 3, 4, 5),
                of(new ReplicationPad3d(1, 2, 0, -1, 2, 1), 2, 3, 4, 5),
                of(new ZeroPad3d(1, 2, 0, -1, 3, 1), 2, 3, 4, 5));
    }
}

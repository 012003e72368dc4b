package io.github.lanewise.spark;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The SHA-256 of all weights, as examples/run mnist prints it. */
final class WeightsHash {

    private WeightsHash() {}

    static String of(Layer network) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Param parameter : network.parameters().values()) {
            Matrix value = parameter.value();
            for (int i = 0; i < value.rows(); i++) {
                ByteBuffer row = ByteBuffer.allocate(Float.BYTES * value.cols());
                row.asFloatBuffer()
                        .put(value.data(), value.offset() + i * value.ld(), value.cols());
                digest.update(row);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

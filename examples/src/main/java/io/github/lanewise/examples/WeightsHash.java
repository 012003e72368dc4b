package io.github.lanewise.examples;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The fingerprint of trained weights: equal only if every bit of every weight is. */
final class WeightsHash {

    private WeightsHash() {}

    /**
     * Returns the SHA-256 of the float bits, big-endian, row by row, of all parameters in order.
     */
    static String sha256(List<Param> parameters) {
        MessageDigest digest = newDigest();
        for (Param parameter : parameters) {
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

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}

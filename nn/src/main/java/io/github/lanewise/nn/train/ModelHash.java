package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of all numbers of a model: equal only if every bit of every one is. */
final class ModelHash {

    private ModelHash() {}

    static String of(Layer model) {
        MessageDigest digest = newDigest();
        model.parameters().values().forEach(parameter -> add(parameter.value(), digest));
        model.states().values().forEach(state -> add(state.value(), digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(Matrix values, MessageDigest digest) {
        for (int i = 0; i < values.rows(); i++) {
            ByteBuffer row = ByteBuffer.allocate(Float.BYTES * values.cols());
            int from = values.offset() + i * values.ld();
            row.asFloatBuffer().put(values.data(), from, values.cols());
            digest.update(row);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}

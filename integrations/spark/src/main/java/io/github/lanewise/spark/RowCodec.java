package io.github.lanewise.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A row as bytes, whose order as unsigned numbers is the order of the rows: the rank of the worker
 * that it goes to, 16 bytes of its id, or of the SHA-256 of the rest, then label, weight and
 * features as floats. Rows that are equal have equal bytes, so that their order does not matter. An
 * array, and no class of ours, as every serializer that Spark may use knows it.
 */
final class RowCodec {

    private static final int KEY = Integer.BYTES;
    private static final int KEY_LENGTH = 16;
    private static final int LABEL = KEY + KEY_LENGTH;
    private static final int WEIGHT = LABEL + Float.BYTES;
    private static final int HEAD = WEIGHT + Float.BYTES;

    private final boolean weighted;
    private final boolean identified;

    RowCodec(Columns columns) {
        this.weighted = !columns.weight().isEmpty();
        this.identified = !columns.id().isEmpty();
    }

    byte[] encode(Row row) {
        Vector vector = row.getAs(0);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + Float.BYTES * vector.size());
        bytes.position(LABEL);
        bytes.putFloat((float) row.getDouble(1));
        bytes.putFloat(weighted ? (float) row.getDouble(2) : 1);
        for (double value : vector.toArray()) {
            bytes.putFloat((float) value);
        }
        putKey(row, bytes);
        return bytes.array();
    }

    private void putKey(Row row, ByteBuffer bytes) {
        byte[] all = bytes.array();
        if (!identified) {
            bytes.put(KEY, sha256(all, LABEL, all.length - LABEL), 0, KEY_LENGTH);
        } else if (row.get(row.size() - 1) instanceof Number number) {
            bytes.putLong(KEY, number.longValue() ^ Long.MIN_VALUE);
        } else {
            byte[] text = row.getString(row.size() - 1).getBytes(StandardCharsets.UTF_8);
            bytes.put(KEY, sha256(text, 0, text.length), 0, KEY_LENGTH);
        }
    }

    private static byte[] sha256(byte[] bytes, int from, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    /** Returns a number of the whole row, to be added up over all rows in any order. */
    static long hash(byte[] row) {
        byte[] digest = sha256(row, 0, row.length);
        return ByteBuffer.wrap(digest).getLong();
    }

    static float label(byte[] row) {
        return ByteBuffer.wrap(row).getFloat(LABEL);
    }

    static float weight(byte[] row) {
        return ByteBuffer.wrap(row).getFloat(WEIGHT);
    }

    static void features(byte[] row, float[] into) {
        ByteBuffer.wrap(row, HEAD, row.length - HEAD).asFloatBuffer().get(into);
    }

    /** Returns a copy of a row for a worker. */
    static byte[] copy(byte[] row, int worker) {
        byte[] copy = row.clone();
        ByteBuffer.wrap(copy).putInt(0, worker);
        return copy;
    }

    static int worker(byte[] row) {
        return ByteBuffer.wrap(row).getInt(0);
    }
}

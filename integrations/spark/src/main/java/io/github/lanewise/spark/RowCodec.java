package io.github.lanewise.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A row as bytes, whose order as unsigned numbers is the order of the rows: 16 bytes of its id, or
 * of the SHA-256 of the rest, then label, weight and features as floats. Rows that are equal have
 * equal bytes, so that their order does not matter.
 */
final class RowCodec {

    static final int KEY = 16;
    private static final int HEAD = KEY + 2 * Float.BYTES;

    private final boolean weighted;
    private final boolean identified;

    RowCodec(Columns columns) {
        this.weighted = !columns.weight().isEmpty();
        this.identified = !columns.id().isEmpty();
    }

    byte[] encode(Row row) {
        Vector vector = row.getAs(0);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + Float.BYTES * vector.size());
        bytes.position(KEY);
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
            bytes.put(0, sha256(all, KEY, all.length - KEY), 0, KEY);
        } else if (row.get(row.size() - 1) instanceof Number number) {
            bytes.putLong(0, number.longValue() ^ Long.MIN_VALUE);
        } else {
            byte[] text = row.getString(row.size() - 1).getBytes(StandardCharsets.UTF_8);
            bytes.put(0, sha256(text, 0, text.length), 0, KEY);
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
        return ByteBuffer.wrap(row).getFloat(KEY);
    }

    static float weight(byte[] row) {
        return ByteBuffer.wrap(row).getFloat(KEY + Float.BYTES);
    }

    static void features(byte[] row, float[] into) {
        ByteBuffer.wrap(row, HEAD, row.length - HEAD).asFloatBuffer().get(into);
    }

    static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }
}

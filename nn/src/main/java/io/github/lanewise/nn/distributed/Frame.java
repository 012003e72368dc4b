package io.github.lanewise.nn.distributed;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What travels between two workers that have accepted each other. All numbers are little-endian.
 *
 * <pre>
 *  0  type, 1 byte, then 3 of zero
 *  4  length of the content in bytes, int
 *  8  number of the operation, from 0, long
 * 16  step of training, long
 * 24  values of the whole operation, int
 * 28  CRC32C of the 28 bytes before and of the content, int
 * 32  content
 * </pre>
 *
 * <p>A reader knows from its own state how long each frame must be, so that a length is compared,
 * never believed.
 */
final class Frame {

    /** Nothing but a sign of life. */
    static final byte ALIVE = 1;

    /** One segment of one node of shards, on its way to the worker that adds it. */
    static final byte PART = 2;

    /** One segment of the sum, from the worker that added it. */
    static final byte SUM = 3;

    /** A message of gather. */
    static final byte MESSAGE = 4;

    /** A worker is lost: its rank, an int, and why, in UTF-8. The run is over. */
    static final byte LOST = 5;

    /** The sender has closed its collective. */
    static final byte LEAVE = 6;

    static final int HEADER = 32;

    /** Values in one frame: 256 KB, large beside a header and small beside a cache. */
    static final int VALUES = 1 << 16;

    static final int CONTENT = 4 * VALUES;

    /** The longest content of a LOST frame. */
    static final int REASON = 1024;

    private static final int CHECKED = 28;

    private Frame() {}

    /** Writes the header in front of the content, and readies the buffer for the channel. */
    static void seal(
            ByteBuffer frame,
            CRC32C crc,
            byte type,
            int length,
            long operation,
            long step,
            int count) {
        frame.clear();
        frame.putInt(0, type);
        frame.putInt(4, length);
        frame.putLong(8, operation);
        frame.putLong(16, step);
        frame.putInt(24, count);
        frame.putInt(CHECKED, checksum(frame, crc, length));
        frame.position(0).limit(HEADER + length);
    }

    static boolean intact(ByteBuffer frame, CRC32C crc) {
        return frame.getInt(CHECKED) == checksum(frame, crc, length(frame));
    }

    private static int checksum(ByteBuffer frame, CRC32C crc, int length) {
        crc.reset();
        frame.position(0).limit(CHECKED);
        crc.update(frame);
        frame.limit(HEADER + length).position(HEADER);
        crc.update(frame);
        return (int) crc.getValue();
    }

    static int type(ByteBuffer frame) {
        return frame.getInt(0);
    }

    static int length(ByteBuffer frame) {
        return frame.getInt(4);
    }

    static long operation(ByteBuffer frame) {
        return frame.getLong(8);
    }

    static long step(ByteBuffer frame) {
        return frame.getLong(16);
    }

    static int count(ByteBuffer frame) {
        return frame.getInt(24);
    }
}

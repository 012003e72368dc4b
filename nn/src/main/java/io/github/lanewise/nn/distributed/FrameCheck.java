package io.github.lanewise.nn.distributed;

import java.nio.ByteBuffer;

/**
 * Compares the header of an incoming frame with what may come. Each method returns what is wrong,
 * or null.
 */
final class FrameCheck {

    private FrameCheck() {}

    static boolean belongsToAnOperation(int type) {
        return type == Frame.PART || type == Frame.SUM || type == Frame.MESSAGE;
    }

    /** Checks a frame that belongs to no operation. */
    static String complaint(ByteBuffer frame) {
        int length = Frame.length(frame);
        return switch (Frame.type(frame)) {
            case Frame.ALIVE, Frame.LEAVE -> compare("length", length, 0);
            case Frame.LOST -> atMost(4, length, Frame.REASON);
            default -> differs("type", Frame.type(frame), Frame.ALIVE);
        };
    }

    /** Checks a frame of an operation that has begun here. */
    static String complaint(ByteBuffer frame, Operation operation, int from) {
        if (Frame.step(frame) != operation.step) {
            return differs("step", Frame.step(frame), operation.step);
        }
        if (Frame.count(frame) != operation.count) {
            return differs("number of values", Frame.count(frame), operation.count);
        }
        int type = Frame.type(frame);
        if (type == Frame.MESSAGE && operation.expectsMessage(from)) {
            return atMost(0, Frame.length(frame), Collective.LONGEST_MESSAGE);
        }
        int expected = operation.expectedLength(type, from);
        return expected < 0
                ? "a frame of type %s must not come now; all workers must make the same calls"
                        .formatted(type)
                : compare("length", Frame.length(frame), expected);
    }

    private static String compare(String what, long found, long expected) {
        return found == expected ? null : differs(what, found, expected);
    }

    private static String atMost(int least, int length, int most) {
        return length >= least && length <= most
                ? null
                : "a frame's length is %s, expected %s to %s".formatted(length, least, most);
    }

    private static String differs(String what, long found, long expected) {
        return "a frame's %s is %s, expected %s; all workers must make the same calls"
                .formatted(what, found, expected);
    }
}

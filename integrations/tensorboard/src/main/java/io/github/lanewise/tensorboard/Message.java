package io.github.lanewise.tensorboard;

import com.google.protobuf.CodedOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A message in protocol-buffer form that grows field by field. */
final class Message {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    /** A way to write into memory, which cannot fail. */
    private interface Writing {
        void run() throws IOException;
    }

    private Message put(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Message number(int field, double value) {
        return put(() -> out.writeDouble(field, value));
    }

    Message number(int field, float value) {
        return put(() -> out.writeFloat(field, value));
    }

    Message number(int field, long value) {
        return put(() -> out.writeInt64(field, value));
    }

    Message flag(int field, boolean value) {
        return put(() -> out.writeBool(field, value));
    }

    Message text(int field, String value) {
        return put(() -> out.writeString(field, value));
    }

    Message bytes(int field, byte[] value) {
        return put(() -> out.writeByteArray(field, value));
    }

    Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    /** Puts numbers one after the other, without a tag for each. */
    Message packed(int field, double[] values) {
        Message numbers = new Message();
        for (double value : values) {
            numbers.put(() -> numbers.out.writeDoubleNoTag(value));
        }
        return message(field, numbers);
    }

    byte[] toBytes() {
        put(out::flush);
        return bytes.toByteArray();
    }
}

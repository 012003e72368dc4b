package io.github.lanewise.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import io.github.lanewise.nn.file.FormatException;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/**
 * Reads protobuf messages field by field. What is longer than the file, nested deeper than any
 * model, or more than any model has, is refused before it takes memory.
 */
final class ProtoInput {

    private static final int MOST_DEEP = 64;
    private static final int MOST = 1 << 20;

    private final CodedInputStream in;
    private int depth;
    private int tag;

    /** Takes the field whose number it is given, or skips it. */
    @FunctionalInterface
    interface Field {
        void take(int number) throws IOException;
    }

    ProtoInput(CodedInputStream in) {
        this.in = in;
    }

    /** Reads fields up to the end of the message. */
    void fields(Field each) throws IOException {
        while (true) {
            tag = in.readTag();
            if (tag == 0) {
                return;
            }
            each.take(WireFormat.getTagFieldNumber(tag));
        }
    }

    /** Reads a field that is a message. */
    void message(Field each) throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        if (depth == MOST_DEEP) {
            throw new FormatException(
                    "expected messages at most %s deep, found deeper ones".formatted(MOST_DEEP));
        }
        int before = in.pushLimit(in.readRawVarint32());
        depth++;
        fields(each);
        depth--;
        in.checkLastTagWas(0);
        in.popLimit(before);
    }

    void skip() throws IOException {
        in.skipField(tag);
    }

    String text() throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return in.readString();
    }

    byte[] bytes() throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return in.readByteArray();
    }

    long number() throws IOException {
        require(WireFormat.WIRETYPE_VARINT);
        return in.readInt64();
    }

    float real() throws IOException {
        require(WireFormat.WIRETYPE_FIXED32);
        return in.readFloat();
    }

    /** Reads one or more whole numbers of a repeated field. */
    void numbers(LongConsumer each) throws IOException {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
            each.accept(in.readInt64());
            return;
        }
        packed(() -> each.accept(in.readInt64()));
    }

    /** Reads one or more floats of a repeated field. */
    void reals(DoubleConsumer each) throws IOException {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_FIXED32) {
            each.accept(in.readFloat());
            return;
        }
        packed(() -> each.accept(in.readFloat()));
    }

    /** Reads one or more doubles of a repeated field. */
    void doubles(DoubleConsumer each) throws IOException {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_FIXED64) {
            each.accept(in.readDouble());
            return;
        }
        packed(() -> each.accept(in.readDouble()));
    }

    @FunctionalInterface
    private interface Element {
        void read() throws IOException;
    }

    private void packed(Element element) throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int before = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            element.read();
        }
        in.popLimit(before);
    }

    private void require(int wireType) throws FormatException {
        if (WireFormat.getTagWireType(tag) != wireType) {
            throw new FormatException(
                    "field %s: expected wire type %s, found %s; it is no ONNX model"
                            .formatted(
                                    WireFormat.getTagFieldNumber(tag),
                                    wireType,
                                    WireFormat.getTagWireType(tag)));
        }
    }

    /** Adds to a list that has an end: an empty message takes two bytes in a file. */
    static <T> void add(List<T> list, T element) throws FormatException {
        if (list.size() == MOST) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "expected at most %,d nodes, arrays or names in a list, found more",
                            MOST));
        }
        list.add(element);
    }
}

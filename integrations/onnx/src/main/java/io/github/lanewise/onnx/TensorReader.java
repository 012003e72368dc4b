package io.github.lanewise.onnx;

import io.github.lanewise.nn.file.FormatException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Reads arrays, however their numbers are written, into little-endian bytes. */
final class TensorReader {

    private static final int EXTERNAL = 1;

    private final ProtoInput in;
    private final ExternalData external;

    TensorReader(ProtoInput in, ExternalData external) {
        this.in = in;
        this.external = external;
    }

    /** Reads a field that is a pair of texts. */
    void entry(Map<String, String> entries) throws IOException {
        String[] pair = {"", ""};
        in.message(
                number -> {
                    switch (number) {
                        case 1, 2 -> pair[number - 1] = in.text();
                        default -> in.skip();
                    }
                });
        entries.put(pair[0], pair[1]);
    }

    /** Reads a field that is an array. */
    OnnxTensor tensor() throws IOException {
        var tensor =
                new Object() {
                    final List<Long> shape = new ArrayList<>();
                    OnnxType type = OnnxType.UNDEFINED;
                    String name = "";
                    byte[] raw;
                    final Numbers typed = new Numbers();
                    final SequencedMap<String, String> outside = new LinkedHashMap<>();
                    boolean isOutside;
                };
        in.message(
                number -> {
                    switch (number) {
                        case 1 -> in.numbers(tensor.shape::add);
                        case 2 -> tensor.type = OnnxType.of((int) in.number());
                        case 3 -> throw new FormatException("an array in segments; none is read");
                        case 4 ->
                                in.reals(
                                        x ->
                                                tensor.typed.putInt(
                                                        Float.floatToRawIntBits((float) x)));
                        case 5 -> in.numbers(x -> tensor.typed.putInt((int) x));
                        case 7, 11 -> in.numbers(tensor.typed::putLong);
                        case 8 -> tensor.name = in.text();
                        case 9 -> tensor.raw = in.bytes();
                        case 10 ->
                                in.doubles(
                                        x -> tensor.typed.putLong(Double.doubleToRawLongBits(x)));
                        case 13 -> entry(tensor.outside);
                        case 14 -> tensor.isOutside = in.number() == EXTERNAL;
                        default -> in.skip();
                    }
                });
        try {
            byte[] data;
            if (tensor.isOutside) {
                data = external.read(tensor.outside, bytes(tensor.type, tensor.shape));
            } else if (tensor.raw != null) {
                data = tensor.raw;
            } else {
                data = tensor.typed.narrowed(tensor.type);
            }
            return new OnnxTensor(
                    tensor.name,
                    tensor.type,
                    tensor.shape,
                    tensor.type.bytes() == 0 ? new byte[0] : data);
        } catch (FormatException | IllegalArgumentException e) {
            throw new FormatException("array %s: %s".formatted(tensor.name, e.getMessage()), e);
        }
    }

    private static long bytes(OnnxType type, List<Long> shape) {
        return OnnxTensor.elements(shape) * type.bytes();
    }

    /** Numbers of 4 or 8 bytes that came one by one. */
    private static final class Numbers {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
        private int width = Integer.BYTES;

        void putInt(int bits) {
            width = Integer.BYTES;
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes.write(bits >>> Byte.SIZE * i);
            }
        }

        void putLong(long bits) {
            width = Long.BYTES;
            for (int i = 0; i < Long.BYTES; i++) {
                bytes.write((int) (bits >>> Byte.SIZE * i));
            }
        }

        /** Returns the low bytes of each, as many as the type has: it has its own field. */
        byte[] narrowed(OnnxType type) {
            byte[] wide = bytes.toByteArray();
            int narrow = type.bytes();
            if (narrow == 0 || narrow >= width) {
                return wide;
            }
            byte[] data = new byte[wide.length / width * narrow];
            for (int i = 0; i < data.length; i++) {
                data[i] = wide[i / narrow * width + i % narrow];
            }
            return data;
        }
    }
}

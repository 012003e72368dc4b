package io.github.lanewise.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** A constant array, such as a weight: its numbers as they stand in the file, row-major. */
public final class OnnxTensor {

    private static final int MOST_DIMENSIONS = 64;
    private static final int BF16_SHIFT = 16;
    private static final long INT_MASK = 0xFFFFFFFFL;

    private final String name;
    private final OnnxType type;
    private final List<Long> shape;
    private final int elements;
    private final ByteBuffer data;

    /**
     * Makes an array.
     *
     * @param name empty if it has none
     * @param shape no dimension for a single number
     * @param data the numbers, little-endian; nothing of a type whose values are not read. It is
     *     not copied and must not change
     * @throws IllegalArgumentException if the data have not as many bytes as the shape demands
     */
    public OnnxTensor(String name, OnnxType type, List<Long> shape, byte[] data) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.shape = List.copyOf(shape);
        this.data = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        long product = elements(this.shape);
        if (type.bytes() > 0 && product * type.bytes() != data.length) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "array %s: %s %s takes %,d bytes, found %,d",
                            name,
                            type,
                            shapeText(this.shape),
                            product * type.bytes(),
                            data.length));
        }
        this.elements = type.bytes() > 0 ? (int) product : 0;
    }

    /** Returns the product of the dimensions, all of which must be sound. */
    static long elements(List<Long> shape) {
        if (shape.size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "array: %s dimensions; there may be %s"
                            .formatted(shape.size(), MOST_DIMENSIONS));
        }
        boolean empty = shape.contains(0L);
        long product = 1;
        for (long dimension : shape) {
            if (dimension < 0 || dimension > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "array: a dimension is %s; it must be from 0 to %s"
                                .formatted(dimension, Integer.MAX_VALUE));
            }
            product = Math.min(product * dimension, Integer.MAX_VALUE + 1L);
        }
        if (product > Integer.MAX_VALUE && !empty) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "array: %s has more than %,d elements",
                            shapeText(shape),
                            Integer.MAX_VALUE));
        }
        return empty ? 0 : product;
    }

    /** Makes an array of floats of this shape, of which no dimension makes a single number. */
    public static OnnxTensor of(String name, float[] numbers, long... shape) {
        ByteBuffer bytes = buffer(numbers.length, Float.BYTES);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return new OnnxTensor(name, OnnxType.FLOAT, list(shape), bytes.array());
    }

    /** Makes an array of whole numbers of 64 bits of this shape. */
    public static OnnxTensor of(String name, long[] numbers, long... shape) {
        ByteBuffer bytes = buffer(numbers.length, Long.BYTES);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return new OnnxTensor(name, OnnxType.INT64, list(shape), bytes.array());
    }

    private static ByteBuffer buffer(int numbers, int width) {
        return ByteBuffer.allocate(Math.multiplyExact(numbers, width))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<Long> list(long... shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    /** Returns the name; empty if it has none. */
    public String name() {
        return name;
    }

    /** Returns the type of the elements. */
    public OnnxType type() {
        return type;
    }

    /** Returns the dimensions; none for a single number. */
    public List<Long> shape() {
        return shape;
    }

    /** Returns how many numbers can be read; 0 of a type whose values are not read. */
    public int elements() {
        return elements;
    }

    /** Returns the numbers as bytes, little-endian, read-only. */
    public ByteBuffer data() {
        return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns a number, as a double; whole ones are exact up to 2<sup>53</sup>. */
    public double number(int i) {
        Objects.checkIndex(i, elements);
        return switch (type) {
            case FLOAT -> data.getFloat(i * Float.BYTES);
            case DOUBLE -> data.getDouble(i * Double.BYTES);
            case FLOAT16 -> Float.float16ToFloat(data.getShort(i * Short.BYTES));
            case BFLOAT16 -> Float.intBitsToFloat(data.getShort(i * Short.BYTES) << BF16_SHIFT);
            case BOOL, UINT8 -> Byte.toUnsignedInt(data.get(i));
            case INT8 -> data.get(i);
            case UINT16 -> Short.toUnsignedInt(data.getShort(i * Short.BYTES));
            case INT16 -> data.getShort(i * Short.BYTES);
            case UINT32 -> data.getInt(i * Integer.BYTES) & INT_MASK;
            case INT32 -> data.getInt(i * Integer.BYTES);
            case INT64 -> data.getLong(i * Long.BYTES);
            case UINT64 -> unsigned(data.getLong(i * Long.BYTES));
            case UNDEFINED, STRING, COMPLEX64, COMPLEX128, OTHER ->
                    throw new IllegalStateException(this + ": values are not read");
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * (bits >>> 1);
    }

    /** Returns name, type and shape. */
    @Override
    public String toString() {
        return "%s: %s %s".formatted(name, type, shapeText(shape));
    }

    static String shapeText(List<Long> shape) {
        return shape.isEmpty()
                ? "scalar"
                : shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}

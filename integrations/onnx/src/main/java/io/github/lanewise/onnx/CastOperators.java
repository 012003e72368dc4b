package io.github.lanewise.onnx;

import io.github.lanewise.nn.layer.Pointwise;

import java.util.List;
import java.util.Map;

/**
 * Changes of the type of numbers. All are floats here: what a type rounds is rounded, and
 * arithmetic between two of them is that of floats. ONNX leaves open what becomes of a number that
 * is out of the range of a type of whole ones.
 */
final class CastOperators {

    private static final int BF16_SHIFT = 16;
    private static final int BF16_HALF = 0x7FFF;

    private CastOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("Cast", call -> List.of(cast(call.flow(0), type(call))));
        all.put("CastLike", call -> List.of(castLike(call)));
    }

    private static OnnxType type(Call call) {
        OnnxType to = OnnxType.of(call.integer("to", 0));
        if (to.bytes() == 0) {
            throw new IllegalArgumentException(
                    "a cast to %s; one to numbers or truth values is imported".formatted(to));
        }
        return to;
    }

    private static Flow cast(Flow x, OnnxType to) {
        return switch (to) {
            case FLOAT, DOUBLE -> new Flow(x.value(), x.layout(), x.batch(), false, x.uniform());
            case FLOAT16 -> x.then(new Pointwise(Pointwise.Function.FLOAT16));
            case BFLOAT16 -> x.then(new Pointwise(Pointwise.Function.BFLOAT16));
            case BOOL ->
                    whole(
                            x.then(
                                    new Pointwise(Pointwise.Function.ABS),
                                    new Pointwise(Pointwise.Function.HEAVISIDE)));
            default -> x.isInteger() ? x : whole(x.then(new Pointwise(Pointwise.Function.TRUNC)));
        };
    }

    /** Returns the same, known as whole numbers. */
    static Flow whole(Flow x) {
        return new Flow(x.value(), x.layout(), x.batch(), true, x.uniform());
    }

    private static Imported castLike(Call call) {
        Imported like = call.input(1);
        Imported x = call.input(0);
        if (like instanceof Known known) {
            return x instanceof Flow flow
                    ? cast(flow, known.type())
                    : fold((Known) x, known.type());
        }
        if (x.isInteger() != like.isInteger()) {
            throw new IllegalArgumentException(
                    "a cast to the type of a value of a sample; cast to a named type");
        }
        return x;
    }

    /** Makes constants another type. */
    static Known fold(Call call) {
        return fold(call.known(0), type(call));
    }

    private static Known fold(Known x, OnnxType to) {
        if (x.hasBatch()) {
            return x;
        }
        boolean wider =
                to == OnnxType.DOUBLE || to == OnnxType.FLOAT && x.type() != OnnxType.DOUBLE;
        boolean kept = to == x.type() || wider && !x.isInteger();
        return kept ? x.as(to) : x.rounded(to);
    }

    /** Returns the number of a type that a number becomes. */
    static double rounded(double number, OnnxType type) {
        return switch (type) {
            case FLOAT -> (float) number;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) number));
            case BFLOAT16 -> bfloat16((float) number);
            case BOOL -> number == 0 ? 0 : 1;
            case UINT8 -> (long) number & 0xFF;
            case INT8 -> (byte) (long) number;
            case UINT16 -> (long) number & 0xFFFF;
            case INT16 -> (short) (long) number;
            case UINT32 -> (long) number & 0xFFFF_FFFFL;
            case INT32 -> (int) (long) number;
            case INT64 -> (long) number;
            case UINT64 -> (number < 0 ? Math.ceil(number) : Math.floor(number)) + 0.0;
            default -> number;
        };
    }

    private static float bfloat16(float x) {
        int bits = Float.floatToRawIntBits(x);
        int odd = bits >>> BF16_SHIFT & 1;
        int rounded = bits + BF16_HALF + odd >>> BF16_SHIFT << BF16_SHIFT;
        return Float.isNaN(x) ? x : Float.intBitsToFloat(rounded);
    }
}

package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Images;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;

/** How a window slides through a volume: along its depth, down and across. */
record VolumeSides(Side depth, Side rows, Side cols) {

    static VolumeSides of(int depth, int height, int width) {
        return new VolumeSides(Side.of(depth), Side.of(height), Side.of(width));
    }

    VolumeSides stride(int d, int h, int w) {
        return new VolumeSides(depth.stride(d), rows.stride(h), cols.stride(w));
    }

    VolumeSides padding(int d, int h, int w) {
        return new VolumeSides(depth.padding(d), rows.padding(h), cols.padding(w));
    }

    VolumeSides dilation(int d, int h, int w) {
        return new VolumeSides(depth.dilation(d), rows.dilation(h), cols.dilation(w));
    }

    Side side(int number) {
        return number == 0 ? depth : number == 1 ? rows : cols;
    }

    static Shape require(Layer layer, Shape input) {
        return Images.require(layer, input, 4, "volumes: channels x depth x height x width");
    }

    private List<Integer> each(ToIntFunction<Side> number) {
        return List.of(number.applyAsInt(depth), number.applyAsInt(rows), number.applyAsInt(cols));
    }

    /** Returns the options by PyTorch's names. */
    SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("kernelSize", each(Side::kernel));
        all.put("stride", each(Side::stride));
        all.put("padding", each(Side::padding));
        all.put("dilation", each(Side::dilation));
        return all;
    }

    /** Returns what the sides say, for a layer's {@code toString}. */
    String text() {
        return "kernel %s, stride %s, padding %s, dilation %s"
                .formatted(
                        text(Side::kernel),
                        text(Side::stride),
                        text(Side::padding),
                        text(Side::dilation));
    }

    private String text(ToIntFunction<Side> number) {
        List<Integer> all = each(number);
        return "%sx%sx%s".formatted(all.get(0), all.get(1), all.get(2));
    }
}

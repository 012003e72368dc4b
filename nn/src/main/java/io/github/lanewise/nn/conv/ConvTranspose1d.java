package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Shape;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The transposed convolution of sequences: {@link ConvTranspose2d} with one side.
 *
 * <p>Inputs are in x length, outputs out x length', with length' = (length - 1) stride - 2 padding
 * + dilation (kernel - 1) + 1 + output padding. The weight is in x (out / groups * kernel),
 * PyTorch's flattened.
 */
public final class ConvTranspose1d extends ConvolutionLayer {

    private int outputPadding;

    /**
     * Makes a layer from {@code in} to {@code out} channels.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public ConvTranspose1d(int in, int out, int kernel) {
        super(in, out, Side.SINGLE, Side.of(kernel));
    }

    private ConvTranspose1d with(String option, Side side) {
        set(option, Side.SINGLE, side);
        return this;
    }

    /** Sets how far the window moves; 1 unless set. */
    public ConvTranspose1d stride(int number) {
        return with("stride", cols().stride(number));
    }

    /** Sets how much is cut off either end of the outputs; 0 unless set. */
    public ConvTranspose1d padding(int number) {
        return with("padding", cols().padding(number));
    }

    /** Sets how far apart the taps lie; 1 unless set. */
    public ConvTranspose1d dilation(int number) {
        return with("dilation", cols().dilation(number));
    }

    /** Sets by how much outputs are longer at the end; 0 unless set. */
    public ConvTranspose1d outputPadding(int number) {
        requireOpen("outputPadding");
        outputPadding = number;
        return this;
    }

    /**
     * Sets into how many groups, which do not see each other, the channels fall; 1 unless set.
     *
     * @throws IllegalArgumentException if the number does not divide both channels
     */
    public ConvTranspose1d groups(int number) {
        setGroups(number);
        return this;
    }

    /** Takes the bias away. */
    public ConvTranspose1d withoutBias() {
        removeBias();
        return this;
    }

    @Override
    Convolution convolution(Shape input) {
        requireSequences(input);
        int most = Math.max(cols().stride(), cols().dilation());
        if (outputPadding < 0 || outputPadding >= most) {
            throw new IllegalArgumentException(
                    ("%s: output padding is %s; it must be 0 or more"
                                    + " and smaller than stride or dilation")
                            .formatted(this, outputPadding));
        }
        return under(
                input,
                () ->
                        new Window(
                                Side.SINGLE.axis(1),
                                cols().transposed(input.dimension(1), outputPadding)));
    }

    @Override
    Shape weightShape(int rowChannels, int ofGroup) {
        return new Shape(rowChannels, ofGroup, cols().kernel());
    }

    @Override
    boolean isTransposed() {
        return true;
    }

    @Override
    public Shape outputShape(Shape input) {
        return new Shape(out, convolution(input).window().cols().size());
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("inChannels", in);
        all.put("outChannels", out);
        all.putAll(cols().options());
        all.put("groups", groups());
        all.put("bias", hasBias());
        all.put("outputPadding", outputPadding);
        return all;
    }

    @Override
    public String toString() {
        String window = "kernel %s".formatted(cols().kernel());
        if (cols().stride() != 1) {
            window += ", stride %s".formatted(cols().stride());
        }
        return text(window + cols().paddingText());
    }
}

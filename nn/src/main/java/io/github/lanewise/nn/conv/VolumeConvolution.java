package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Options;

import java.util.SequencedMap;

/**
 * What the convolutions of volumes have in common: channels, groups and the sides of the window.
 * Each is computed by a convolution of slices, which has the weight.
 */
abstract class VolumeConvolution implements Layer {

    final int in;
    final int out;
    private final Options options = new Options();
    private VolumeSides sides;
    private int groups = 1;
    private boolean hasBias = true;

    VolumeConvolution(int in, int out, VolumeSides sides) {
        ConvolutionLayer.requireChannels(name(), in, out);
        this.in = in;
        this.out = out;
        this.sides = sides;
    }

    private String name() {
        return getClass().getSimpleName();
    }

    final VolumeSides sides() {
        return sides;
    }

    final int groups() {
        return groups;
    }

    final boolean hasBias() {
        return hasBias;
    }

    final void requireOpen(String option) {
        options.requireOpen(this, option);
    }

    final void closeOptions() {
        options.close();
    }

    final void set(String option, VolumeSides sides) {
        requireOpen(option);
        this.sides = sides;
    }

    final void setGroups(int number) {
        requireOpen("groups");
        ConvolutionLayer.requireGroups(name(), in, out, number);
        groups = number;
    }

    final void removeBias() {
        requireOpen("withoutBias");
        hasBias = false;
    }

    /** Returns the convolution of slices; from then on no option changes. */
    abstract ConvolutionLayer slices();

    /** Returns the weight: a row for each channel, flattened as in PyTorch. */
    public final Param weight() {
        return slices().weight();
    }

    /** Checks volumes and closes the options. */
    final void requireVolumes(Shape input) {
        closeOptions();
        VolumeSides.require(this, input);
        Images.requireChannels(this, input, in);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = sides.options();
        all.putFirst("outChannels", out);
        all.putFirst("inChannels", in);
        all.put("groups", groups);
        all.put("bias", hasBias);
        return all;
    }

    /** Returns the layer as text, given what is between the sides and the groups. */
    final String text(String between) {
        return "%s(%s -> %s, %s%s%s%s)"
                .formatted(
                        name(),
                        in,
                        out,
                        sides.text(),
                        between,
                        groups == 1 ? "" : ", %s groups".formatted(groups),
                        hasBias ? "" : ", no bias");
    }
}

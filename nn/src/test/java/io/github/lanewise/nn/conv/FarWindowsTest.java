package io.github.lanewise.nn.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Windows, paddings and factors with which a side would have more elements than an array. */
class FarWindowsTest {

    private static final int FAR = Integer.MAX_VALUE;

    static Stream<Arguments> layers() {
        Shape image = new Shape(2, 5, 6);
        Shape sequence = new Shape(2, 7);
        return Stream.of(
                Arguments.of(new Conv2d(2, 3, 3).padding(0, FAR), image),
                Arguments.of(new Conv2d(2, 3, 3).padding(1 << 16), image),
                Arguments.of(new Conv2d(2, 3, 3).dilation(1 << 30).samePadding(), image),
                Arguments.of(new Conv2d(2, 3, FAR, 1).padding(FAR, 0), image),
                Arguments.of(new Conv1d(2, 3, 3).padding(FAR), sequence),
                Arguments.of(new Conv1d(2, 3, 3).dilation(FAR).causalPadding(), sequence),
                Arguments.of(new ConvTranspose1d(2, 3, 3).stride(FAR), sequence),
                Arguments.of(new ConvTranspose2d(2, 3, 3).stride(1 << 20), image),
                Arguments.of(new AvgPool1d(FAR).padding(FAR / 2), sequence),
                Arguments.of(new MaxPool2d(1 << 30).padding(1 << 29).ceilMode(), image),
                Arguments.of(new Upsample(Short.MAX_VALUE), new Shape(1, 1 << 17)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void areOneNamedErrorWhereTheLayerMeetsAShape(Layer layer, Shape input) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> layer.bind(input, Workspace.training(2)));
        String name = layer.getClass().getSimpleName();
        assertTrue(e.getMessage().startsWith(name), e::getMessage);
    }

    @Test
    void aStrideLongerThanTheImageCostsNothing() {
        Layer far = new MaxPool1d(3).stride(FAR);
        Layer near = new MaxPool1d(3).stride(5);
        Shape input = new Shape(2, 7);
        assertEquals(near.outputShape(input), far.outputShape(input));
        Layer convolution = new Conv1d(2, 3, 3).stride(FAR);
        assertEquals(
                3,
                convolution
                        .bind(input, Workspace.inference(1))
                        .forward(Matrices.gaussian(1, 14, 1))
                        .cols());
    }

    @Test
    void aParameterOfMoreValuesThanAnArrayIsRefused() {
        Initializer zeros = Initializer.zeros();
        assertThrows(IllegalArgumentException.class, () -> new Param(1 << 16, 1 << 16, zeros));
    }
}

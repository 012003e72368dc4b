package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;

import org.junit.jupiter.api.Test;

class FamilyTest {

    private static Family ofConvolution(int in, int out, Axis axis) {
        return Family.of(new Convolution(in, out, 1, new Window(axis, axis)));
    }

    @Test
    void stridedConvolutionsAndGradientsOfImagesAreFamiliesOfTheirOwn() {
        Axis strided = Axis.of(9, 3, 2, 1, 1);
        Axis dense = Axis.of(28, 5, 1, 0, 1);
        assertEquals(Family.STRIDED_CONVOLUTIONS, ofConvolution(3, 8, strided));
        assertEquals(
                Family.CONVOLUTION_INPUTS,
                Family.ofInputGradient(new Convolution(1, 16, 1, new Window(dense, dense))));
    }

    @Test
    void convolutionsByWinogradsAlgorithmAreFamiliesOfTheirOwn() {
        assertEquals(Family.CONVOLUTIONS, ofConvolution(1, 16, Axis.of(28, 5, 1, 0, 1)));
        assertEquals(Family.WINOGRAD_EIGHT, ofConvolution(16, 32, Axis.of(12, 5, 1, 0, 1)));
        assertEquals(Family.WINOGRAD_SIX, ofConvolution(16, 32, Axis.of(8, 3, 1, 1, 1)));
    }

    @Test
    void productsGoBySizeAndThoseOfAttentionAreTakenTogether() {
        assertEquals(Family.PRODUCTS, Family.ofProduct(64, 784, 256));
        assertEquals(Family.SMALL_PRODUCTS, Family.ofProduct(64, 128, 10));
        assertEquals(Family.SKINNY_PRODUCTS, Family.ofProduct(1, 784, 256));
        assertEquals(Family.PRODUCTS, Family.ofProducts(64, 32, 64));
        assertEquals(Family.BATCHED_SMALL_PRODUCTS, Family.ofProducts(16, 16, 16));
        assertEquals(Family.SKINNY_PRODUCTS, Family.ofProducts(5, 16, 5));
    }
}

package io.github.lanewise.engine.internal.simd.conv;

import io.github.lanewise.engine.Window;

import java.util.ArrayList;
import java.util.List;

/**
 * The images of the last few shapes that a thread convolved, as the layers of a model take turns.
 */
final class PaddedImages {

    private static final int CACHED = 64;

    private final List<PaddedImage> images = new ArrayList<>();

    /** Returns room for so many channels of so many images; its padding is zeros. */
    PaddedImage of(Window window, int channels, int count) {
        for (int i = 0; i < images.size(); i++) {
            if (images.get(i).isFor(window, channels, count)) {
                return images.get(i);
            }
        }
        if (images.size() == CACHED) {
            images.removeFirst();
        }
        images.add(new PaddedImage(window, channels, count));
        return images.getLast();
    }
}

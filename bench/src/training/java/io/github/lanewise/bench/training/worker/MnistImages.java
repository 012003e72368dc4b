package io.github.lanewise.bench.training.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * MNIST's training set in memory.
 *
 * @param pixels images one after another, each pixel an unsigned byte
 * @param labels a class for each image
 */
record MnistImages(byte[] pixels, int[] labels) {

    static final int FEATURES = 784;

    private static final int IMAGES_HEAD = 16;
    private static final int LABELS_HEAD = 8;

    /** Reads the unpacked files of a folder; whoever unpacked them has checked them. */
    static MnistImages read(Path folder) throws IOException {
        byte[] images = Files.readAllBytes(folder.resolve("train-images-idx3-ubyte"));
        byte[] bytes = Files.readAllBytes(folder.resolve("train-labels-idx1-ubyte"));
        int[] labels = new int[bytes.length - LABELS_HEAD];
        Arrays.setAll(labels, i -> bytes[LABELS_HEAD + i]);
        return new MnistImages(Arrays.copyOfRange(images, IMAGES_HEAD, images.length), labels);
    }

    int size() {
        return labels.length;
    }
}

package io.github.lanewise.bench.training.worker;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * MNIST's training set in memory.
 *
 * @param pixels images one after another, each pixel an unsigned byte
 * @param labels a class for each image
 */
public record MnistImages(byte[] pixels, int[] labels) {

    /** Pixels of an image. */
    public static final int FEATURES = 784;

    private static final int IMAGES_HEAD = 16;
    private static final int LABELS_HEAD = 8;

    /** Reads the unpacked files of a folder; whoever unpacked them has checked them. */
    static MnistImages read(Path folder) throws IOException {
        byte[] pixels = rest(folder.resolve("train-images-idx3-ubyte"), IMAGES_HEAD);
        byte[] classes = rest(folder.resolve("train-labels-idx1-ubyte"), LABELS_HEAD);
        int[] labels = new int[classes.length];
        Arrays.setAll(labels, i -> classes[i]);
        return new MnistImages(pixels, labels);
    }

    /** Reads what comes after the head of a file, without a second copy of it. */
    private static byte[] rest(Path file, int head) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            in.skipNBytes(head);
            byte[] bytes = new byte[(int) Files.size(file) - head];
            in.readNBytes(bytes, 0, bytes.length);
            return bytes;
        }
    }

    int size() {
        return labels.length;
    }
}

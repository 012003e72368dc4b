package io.github.lanewise.examples.digits;

import static io.github.lanewise.examples.Text.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads MNIST, or anything of its form, from a folder with the four files. */
public final class MnistFolder {

    private MnistFolder() {}

    /**
     * Reads the four files. There are as many classes as the highest label of either set says, two
     * at least.
     *
     * @param folder where they lie
     * @param origin what named the folder, for example {@code --data}; for messages
     * @throws IOException if one is missing or broken, or they do not go together
     */
    public static Digits read(Path folder, String origin) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    text(
                            "mnist: %s: is no folder; %s must name one with the four MNIST files",
                            folder, origin));
        }
        List<MnistFile> missing = MnistFile.missingIn(folder);
        if (!missing.isEmpty()) {
            throw new IOException(
                    text(
                            "mnist: %s: has no %s (nor .gz);"
                                    + " %s must name a folder with all four MNIST files",
                            folder, names(missing), origin));
        }
        // The labels are short: what is wrong with them is known before the images are read.
        int[] trainLabels = IdxReader.labels(path(folder, MnistFile.TRAIN_LABELS));
        int[] testLabels = IdxReader.labels(path(folder, MnistFile.TEST_LABELS));
        int classes = Math.max(2, 1 + Math.max(highest(trainLabels), highest(testLabels)));
        DigitSet train =
                set(folder, MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS, trainLabels, classes);
        DigitSet test =
                set(folder, MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS, testLabels, classes);
        if (train.rows() != test.rows() || train.cols() != test.cols()) {
            throw new IOException(
                    text(
                            "mnist: %s: images to train on are %dx%d, images to test on %dx%d;"
                                    + " they must be alike",
                            folder, train.rows(), train.cols(), test.rows(), test.cols()));
        }
        return new Digits(folder.toAbsolutePath().normalize().toString(), train, test);
    }

    private static DigitSet set(
            Path folder, MnistFile imageFile, MnistFile labelFile, int[] labels, int classes)
            throws IOException {
        IdxReader.Images images = IdxReader.images(path(folder, imageFile));
        if (images.count() != labels.length) {
            throw new IOException(
                    text(
                            "mnist: %s has %,d images, %s has %,d labels; the two must go together",
                            path(folder, imageFile).getFileName(),
                            images.count(),
                            path(folder, labelFile).getFileName(),
                            labels.length));
        }
        return new DigitSet(images.pixels(), labels, images.rows(), images.cols(), classes);
    }

    private static Path path(Path folder, MnistFile file) {
        return file.in(folder).orElseThrow();
    }

    private static int highest(int[] labels) {
        return Arrays.stream(labels).max().orElseThrow();
    }

    private static String names(List<MnistFile> files) {
        return String.join(", ", files.stream().map(MnistFile::plainName).toList());
    }
}

package io.github.lanewise.examples.digits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads MNIST, or anything of its form, from a folder with the four files. */
public final class MnistFolder {

    private MnistFolder() {}

    /**
     * Reads the four files.
     *
     * @param folder where they lie
     * @param origin what named the folder, for example {@code --data}; for messages
     * @throws IOException if one is missing or broken, or they do not go together
     */
    public static Digits read(Path folder, String origin) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "mnist: %s: is no folder; %s must name one with the four MNIST files"
                            .formatted(folder, origin));
        }
        List<MnistFile> missing = MnistFile.missingIn(folder);
        if (!missing.isEmpty()) {
            throw new IOException(
                    ("mnist: %s: has no %s (nor .gz);"
                                    + " %s must name a folder with all four MNIST files")
                            .formatted(folder, names(missing), origin));
        }
        DigitSet train = pair(folder, MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS);
        DigitSet test = pair(folder, MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS);
        if (train.rows() != test.rows() || train.cols() != test.cols()) {
            throw new IOException(
                    ("mnist: %s: images to train on are %dx%d, images to test on %dx%d;"
                                    + " they must be alike")
                            .formatted(
                                    folder, train.rows(), train.cols(), test.rows(), test.cols()));
        }
        return new Digits(folder.toAbsolutePath().normalize().toString(), train, test);
    }

    private static DigitSet pair(Path folder, MnistFile imageFile, MnistFile labelFile)
            throws IOException {
        Path imagePath = imageFile.in(folder).orElseThrow();
        Path labelPath = labelFile.in(folder).orElseThrow();
        IdxReader.Images images = IdxReader.images(imagePath);
        int[] labels = IdxReader.labels(labelPath);
        if (images.count() != labels.length) {
            throw new IOException(
                    ("mnist: %s has %,d images, %s has %,d labels;"
                                    + " the two must go together, download both again")
                            .formatted(
                                    imagePath.getFileName(),
                                    images.count(),
                                    labelPath.getFileName(),
                                    labels.length));
        }
        return new DigitSet(images.pixels(), labels, images.rows(), images.cols());
    }

    private static String names(List<MnistFile> files) {
        return String.join(", ", files.stream().map(MnistFile::plainName).toList());
    }
}

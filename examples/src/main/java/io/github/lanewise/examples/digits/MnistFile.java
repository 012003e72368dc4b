package io.github.lanewise.examples.digits;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The four files of MNIST (LeCun, Cortes and Burges, 1998), with what a whole download looks like.
 */
public enum MnistFile {
    /** 60,000 images to learn from. */
    TRAIN_IMAGES(
            "train-images-idx3-ubyte",
            9_912_422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
    /** Their labels. */
    TRAIN_LABELS(
            "train-labels-idx1-ubyte",
            28_881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
    /** 10,000 images to be tested on. */
    TEST_IMAGES(
            "t10k-images-idx3-ubyte",
            1_648_877,
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
    /** Their labels. */
    TEST_LABELS(
            "t10k-labels-idx1-ubyte",
            4_542,
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

    private final String plainName;
    private final long gzipLength;
    private final String gzipSha256;

    MnistFile(String plainName, long gzipLength, String gzipSha256) {
        this.plainName = plainName;
        this.gzipLength = gzipLength;
        this.gzipSha256 = gzipSha256;
    }

    /** Returns the usual name of the unpacked file. */
    public String plainName() {
        return plainName;
    }

    /** Returns the usual name of the gzipped file. */
    public String gzipName() {
        return plainName + ".gz";
    }

    /** Returns the length of the gzipped file in bytes. */
    public long gzipLength() {
        return gzipLength;
    }

    /** Returns the SHA-256 of the gzipped file in hexadecimal digits. */
    public String gzipSha256() {
        return gzipSha256;
    }

    /**
     * Finds this file in a folder, unpacked or gzipped, with elements of any type; some unpackers
     * write a dot before "idx".
     */
    public Optional<Path> in(Path folder) {
        return IdxType.names().stream()
                .map(type -> plainName.replace("ubyte", type))
                .flatMap(name -> Stream.of(name, name + ".gz"))
                .flatMap(name -> Stream.of(name, name.replace("-idx", ".idx")))
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Lists those of the four that a folder lacks. */
    public static List<MnistFile> missingIn(Path folder) {
        return Stream.of(values()).filter(file -> file.in(folder).isEmpty()).toList();
    }
}

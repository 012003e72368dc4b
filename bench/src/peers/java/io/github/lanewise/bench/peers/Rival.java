package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

import java.nio.file.Path;

/** A library that multiplies matrices; ours is one of them, so that all are treated alike. */
interface Rival {

    /** Returns the name that the table prints. */
    String name();

    /** Returns the most threads that a product of this library can use. */
    int maxThreads();

    /** Sets how many threads the products that come next may use. */
    void threads(int count);

    /**
     * Copies the operands to where and how this library likes them, and returns the product to
     * time.
     */
    Product product(GemmShape shape, Matrix a, Matrix b);

    /** Returns how long the library's threads may spin after a call, in milliseconds, at least. */
    default int spinMillis() {
        return 0;
    }

    /** Returns a class of the library; its jar's name tells the version. */
    Class<?> origin();

    /** Returns the name of the library's jar, with the version. */
    default String version() {
        String jar = origin().getProtectionDomain().getCodeSource().getLocation().getPath();
        return Path.of(jar).getFileName().toString().replace(".jar", "");
    }
}

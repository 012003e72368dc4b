package io.github.lanewise.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;

/** Orders the rows of a worker. */
final class RowOrder implements Comparator<byte[]>, Serializable {

    private static final long serialVersionUID = 1;

    @Override
    public int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }
}

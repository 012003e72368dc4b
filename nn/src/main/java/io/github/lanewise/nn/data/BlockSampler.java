package io.github.lanewise.nn.data;

import io.github.lanewise.nn.init.RandomStream;

/** Shuffles blocks, and samples within a window of blocks. */
final class BlockSampler implements Sampler {

    private final int block;
    private final int window;

    BlockSampler(int block, int window) {
        if (block < 1 || window < 1) {
            throw new IllegalArgumentException(
                    "Sampler: blocks of %s samples, %s at a time; both must be 1 or more"
                            .formatted(block, window));
        }
        this.block = block;
        this.window = window;
    }

    @Override
    public int samples(int size) {
        return size;
    }

    @Override
    public void draw(RandomStream random, int size, int[] order) {
        int[] blocks = new int[Math.ceilDiv(size, block)];
        random.permutation(blocks);
        int begin = 0;
        int end = 0;
        for (int i = 0; i < blocks.length; i++) {
            int from = blocks[i] * block;
            int to = (int) Math.min((long) from + block, size);
            for (int sample = from; sample < to; sample++) {
                order[end++] = sample;
            }
            if ((i + 1) % window == 0 || i == blocks.length - 1) {
                shuffle(random, order, begin, end);
                begin = end;
            }
        }
    }

    private static void shuffle(RandomStream random, int[] order, int from, int to) {
        for (int i = to - 1; i > from; i--) {
            int j = from + random.nextInt(i - from + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    @Override
    public String toString() {
        return "blocks(%s, %s)".formatted(block, window);
    }
}

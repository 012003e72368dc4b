package io.github.lanewise.tabular;

/**
 * Estimates how many different texts there were, in four kilobytes, within some percent
 * (HyperLogLog: Flajolet et al., 2007).
 */
final class DistinctCount {

    private static final int BITS = 12;
    private static final int REGISTERS = 1 << BITS;

    private final byte[] registers = new byte[REGISTERS];

    /** How many registers hold each rank: an estimate goes over these few, and is asked often. */
    private final int[] ranks = new int[Long.SIZE + 1];

    DistinctCount() {
        ranks[0] = REGISTERS;
    }

    /** Counts a text, if it is new. */
    void add(char[] chars, int from, int length) {
        long hash = 0xCBF29CE484222325L;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ chars[i]) * 0x100000001B3L;
        }
        hash ^= hash >>> 33;
        hash *= 0xFF51AFD7ED558CCDL;
        hash ^= hash >>> 33;
        hash *= 0xC4CEB9FE1A85EC53L;
        hash ^= hash >>> 33;
        int register = (int) (hash >>> 64 - BITS);
        byte rank = (byte) (Long.numberOfLeadingZeros(hash << BITS | 1L << BITS - 1) + 1);
        if (rank > registers[register]) {
            ranks[registers[register]]--;
            ranks[rank]++;
            registers[register] = rank;
        }
    }

    /** Returns the estimate. */
    long estimate() {
        double sum = 0;
        for (int rank = 0; rank < ranks.length; rank++) {
            sum += ranks[rank] * Math.scalb(1.0, -rank);
        }
        int empty = ranks[0];
        double raw = 0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS * REGISTERS / sum;
        boolean few = raw <= 2.5 * REGISTERS && empty > 0;
        return Math.round(few ? REGISTERS * StrictMath.log((double) REGISTERS / empty) : raw);
    }
}

package io.github.lanewise.nn.distributed;

import java.util.Arrays;

/**
 * One reduction, broadcast or gather under way, in two rounds: parts go to the owners of their
 * chunks, sums come back. Each segment of a sum leaves as soon as its parts are there. Objects and
 * their memory are used again by later operations.
 *
 * <p>The calling thread prepares it and reads {@link #done}; the rest belongs to the network
 * thread.
 */
final class Operation {

    private final int rank;
    private final int size;
    private final ChunkSum chunk = new ChunkSum();
    private Layout layout;

    long number;
    long step;
    int count;

    /** The worker whose frame came last. */
    int lastFrom;

    volatile boolean done;

    /** May be prepared anew; known to the calling thread alone. */
    boolean idle = true;

    private float[] into;
    private int from;

    /** For each node of another worker, its values of this worker's chunk. */
    private float[][] received = {};

    /** This worker's own nodes. */
    private float[][] own = {};

    private int folded;
    private byte[] message;
    private byte[][] messages;

    private final int[] partsSent;
    private final int[] sumsSent;
    private final int[] partsReceived;
    private final int[] sumsReceived;

    /** Frames still to be sent and received. */
    private int remaining;

    Operation(int rank, int size) {
        this.rank = rank;
        this.size = size;
        partsSent = new int[size];
        sumsSent = new int[size];
        partsReceived = new int[size];
        sumsReceived = new int[size];
    }

    private void prepare(long number, long step, int count, int remaining) {
        this.number = number;
        this.step = step;
        this.count = count;
        this.remaining = remaining;
        lastFrom = rank;
        folded = 0;
        Arrays.fill(partsSent, 0);
        Arrays.fill(sumsSent, 0);
        Arrays.fill(partsReceived, 0);
        Arrays.fill(sumsReceived, 0);
        idle = false;
        done = false;
    }

    /** Each worker gives and gets one message. */
    void prepareGather(long number, long step, byte[] message) {
        this.message = message;
        this.messages = new byte[size][];
        messages[rank] = message.clone();
        layout = null;
        prepare(number, step, 0, 2 * (size - 1));
    }

    byte[][] messages() {
        return messages;
    }

    /** The arrays {@code own[lo - first]} hold this worker's nodes, already added. */
    void prepareSum(
            long number, long step, Layout layout, float[][] own, int from, int to, float[] into) {
        this.layout = layout;
        this.from = from;
        this.into = into;
        count = to - from;
        chunk.prepare(layout);
        makeRoom(layout.nodes());
        int mine = layout.chunkLength(count, rank);
        for (int node = 0; node < layout.nodes(); node++) {
            if (!isOwn(node)) {
                if (received[node] == null || received[node].length < mine) {
                    received[node] = new float[mine];
                }
                chunk.hold(node, received[node], 0);
            }
        }
        int first = layout.firstNode(rank);
        for (int i = 0; i < layout.nodesOf(rank); i++) {
            this.own[i] = own[layout.lo(first + i) - layout.lo(first)];
            chunk.hold(first + i, this.own[i], from + layout.chunkStart(count, rank));
        }
        prepare(number, step, count, frames());
    }

    private boolean isOwn(int node) {
        int first = layout.firstNode(rank);
        return node >= first && node < first + layout.nodesOf(rank);
    }

    private void makeRoom(int nodes) {
        if (own.length < nodes) {
            own = new float[nodes][];
            received = Arrays.copyOf(received, nodes);
        }
    }

    private int frames() {
        int frames = 0;
        int mine = layout.segments(count, rank);
        for (int r = 0; r < size; r++) {
            if (r != rank) {
                int theirs = layout.segments(count, r);
                frames += theirs * layout.nodesOf(rank) + mine * layout.nodesOf(r) + mine + theirs;
            }
        }
        return frames;
    }

    /** Adds what can be added without waiting; the network thread has taken the operation over. */
    void begin() {
        if (layout != null) {
            fold();
        }
    }

    boolean finished() {
        return remaining == 0;
    }

    /** Makes the next frame for a peer, if one can be made now. */
    boolean fill(Peer peer) {
        int r = peer.rank;
        if (layout == null) {
            if (partsSent[r] == 1) {
                return false;
            }
            peer.put(Frame.MESSAGE, number, step, message);
            partsSent[r] = 1;
        } else if (sumsSent[r] < folded) {
            int segment = sumsSent[r]++;
            int at = from + layout.chunkStart(count, rank) + segment * Frame.VALUES;
            peer.put(Frame.SUM, this, into, at, layout.segmentLength(count, rank, segment));
        } else if (partsSent[r] < layout.segments(count, r) * layout.nodesOf(rank)) {
            int node = partsSent[r] % layout.nodesOf(rank);
            int segment = partsSent[r]++ / layout.nodesOf(rank);
            int at = from + layout.chunkStart(count, r) + segment * Frame.VALUES;
            peer.put(Frame.PART, this, own[node], at, layout.segmentLength(count, r, segment));
        } else {
            return false;
        }
        remaining--;
        return true;
    }

    /** Whether frames to or from a peer are still missing. */
    boolean unfinishedWith(int r) {
        if (needs(r)) {
            return true;
        }
        if (layout == null) {
            return partsSent[r] == 0;
        }
        return sumsSent[r] < layout.segments(count, rank)
                || partsSent[r] < layout.segments(count, r) * layout.nodesOf(rank);
    }

    /** Whether frames from a peer are still missing. */
    boolean needs(int r) {
        if (layout == null) {
            return partsReceived[r] == 0;
        }
        return partsReceived[r] < layout.segments(count, rank) * layout.nodesOf(r)
                || sumsReceived[r] < layout.segments(count, r);
    }

    /**
     * Returns the length that the next frame of a type from a peer must have, or -1 if none may
     * come.
     */
    int expectedLength(int type, int r) {
        if (type == Frame.PART && layout != null) {
            int segment = layout.nodesOf(r) == 0 ? 0 : partsReceived[r] / layout.nodesOf(r);
            boolean missing = partsReceived[r] < layout.segments(count, rank) * layout.nodesOf(r);
            return missing ? 4 * layout.segmentLength(count, rank, segment) : -1;
        }
        if (type == Frame.SUM && layout != null) {
            boolean missing = sumsReceived[r] < layout.segments(count, r);
            return missing ? 4 * layout.segmentLength(count, r, sumsReceived[r]) : -1;
        }
        return -1;
    }

    /** Whether a message from a peer is still missing. */
    boolean expectsMessage(int r) {
        return layout == null && partsReceived[r] == 0;
    }

    /** Takes the peer's incoming frame, which is as expected. */
    void receive(Peer peer) {
        int r = peer.rank;
        lastFrom = r;
        remaining--;
        int values = Frame.length(peer.in) / 4;
        switch (Frame.type(peer.in)) {
            case Frame.PART -> {
                int node = layout.firstNode(r) + partsReceived[r] % layout.nodesOf(r);
                int segment = partsReceived[r]++ / layout.nodesOf(r);
                peer.get(received[node], segment * Frame.VALUES, values);
                fold();
            }
            case Frame.SUM -> {
                int at = layout.chunkStart(count, r) + sumsReceived[r]++ * Frame.VALUES;
                peer.get(into, from + at, values);
            }
            default -> {
                messages[r] = peer.content();
                partsReceived[r] = 1;
            }
        }
    }

    /** Adds the segments whose parts are all there. */
    private void fold() {
        while (folded < layout.segments(count, rank) && hasAllParts(folded)) {
            int at = folded * Frame.VALUES;
            int length = layout.segmentLength(count, rank, folded);
            chunk.add(at, length, into, from + layout.chunkStart(count, rank) + at);
            folded++;
        }
    }

    private boolean hasAllParts(int segment) {
        for (int r = 0; r < size; r++) {
            if (r != rank && partsReceived[r] < (segment + 1) * layout.nodesOf(r)) {
                return false;
            }
        }
        return true;
    }
}

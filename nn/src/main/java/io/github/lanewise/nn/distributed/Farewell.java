package io.github.lanewise.nn.distributed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The last words to the other workers, why this one goes, and the time they need to arrive: a
 * channel that is closed with unread bytes in it may destroy what it has just sent, so each is read
 * until the other side has closed too, or the time is over.
 */
final class Farewell {

    private final Selector selector;
    private final List<Peer> peers;
    private final long time;
    private final boolean[] wordsFilled;
    private final boolean[] wordsSent;
    private byte type;
    private byte[] words;
    private long step;

    Farewell(Selector selector, List<Peer> peers, long nanos) {
        this.selector = selector;
        this.peers = peers;
        this.time = nanos;
        this.wordsFilled = new boolean[peers.size()];
        this.wordsSent = new boolean[peers.size()];
    }

    /** Leaves in good order. */
    void leave(long step) {
        say(Frame.LEAVE, new byte[0], step);
        finish(-1);
    }

    /** Tells of a loss, as far as that goes without waiting. */
    void tell(int lost, long step, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, Frame.REASON - 4);
        byte[] content = new byte[4 + length];
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(lost).put(text, 0, length);
        say(Frame.LOST, content, step);
    }

    static int rank(byte[] content) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    static String reason(byte[] content) {
        return new String(Arrays.copyOfRange(content, 4, content.length), StandardCharsets.UTF_8);
    }

    private void say(byte type, byte[] words, long step) {
        this.type = type;
        this.words = words;
        this.step = step;
        for (int i = 0; i < peers.size(); i++) {
            push(i);
        }
    }

    /** Sends the rest of the frame under way, then the words. */
    private void push(int i) {
        Peer peer = peers.get(i);
        if (peer.left || peer.writeFailed || wordsSent[i]) {
            return;
        }
        try {
            if (peer.hasUnsent() && peer.write(System.nanoTime())) {
                return;
            }
            if (!wordsFilled[i]) {
                peer.put(type, 0, step, words);
                wordsFilled[i] = true;
            }
            if (!peer.write(System.nanoTime())) {
                wordsSent[i] = true;
                peer.link.shutdownOutput();
            }
        } catch (IOException e) {
            peer.writeFailed = true;
        }
    }

    /** Waits for the others to close too, but not for the lost one. */
    void finish(int lost) {
        long end = System.nanoTime() + time;
        ByteBuffer rest = ByteBuffer.allocateDirect(1 << 16);
        boolean[] over = new boolean[peers.size()];
        try {
            while (System.nanoTime() - end < 0) {
                boolean all = true;
                for (int i = 0; i < over.length; i++) {
                    push(i);
                    over[i] |= isOver(peers.get(i), lost, rest);
                    all &= over[i];
                    setInterest(peers.get(i), over[i], wordsSent[i]);
                }
                if (all) {
                    return;
                }
                selector.select(key -> {}, 20);
            }
        } catch (IOException e) {
            // Nothing is left to be saved.
        }
    }

    private static void setInterest(Peer peer, boolean over, boolean sent) {
        if (peer.key.isValid()) {
            int write = sent || peer.writeFailed ? 0 : SelectionKey.OP_WRITE;
            peer.key.interestOps(over ? 0 : SelectionKey.OP_READ | write);
        }
    }

    private static boolean isOver(Peer peer, int lost, ByteBuffer rest) {
        if (peer.left || peer.rank == lost) {
            return true;
        }
        try {
            int read;
            do {
                read = peer.channel.read(rest.clear());
            } while (read > 0);
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }
}

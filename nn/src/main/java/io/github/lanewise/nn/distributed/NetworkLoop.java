package io.github.lanewise.nn.distributed;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The thread that moves a worker's bytes: takes operations from the thread that trains, sends and
 * receives their frames, adds this worker's chunk, gives signs of life and watches for the others'.
 * Everything but the posting of operations happens in it alone, so that nothing is locked.
 */
final class NetworkLoop implements Runnable, Consumer<SelectionKey> {

    /** Frames read from one peer before the others have their turn. */
    private static final int FRAMES_PER_TURN = 4;

    private static final long LONGEST_FAREWELL = 1_000_000_000;

    private static final String CLOSED = "its connection was closed";
    private static final byte[] NOTHING = {};

    private final int rank;
    private final long deadline;

    /** How often a peer gets a sign of life, and how often the others' are looked at. */
    private final long interval;

    private final Selector selector;

    /** In the order of sending: the next rank first, so that not all send to rank 0 at once. */
    private final List<Peer> peers = new ArrayList<>();

    private final Mailbox mailbox;
    private final UnderWay underWay = new UnderWay();

    private long lastTurn;
    private volatile long sendNanos;
    private volatile long bytesSent;
    private volatile long bytesReceived;

    NetworkLoop(int rank, Link[] links, long deadlineNanos) throws IOException {
        this.rank = rank;
        this.deadline = deadlineNanos;
        this.interval = deadlineNanos / 4;
        this.selector = Selector.open();
        this.mailbox = new Mailbox(selector, interval);
        long now = System.nanoTime();
        for (int i = 1; i < links.length; i++) {
            int r = (rank + i) % links.length;
            links[r].channel.configureBlocking(false);
            Peer peer = new Peer(r, links[r]);
            peer.key = peer.channel.register(selector, SelectionKey.OP_READ, peer);
            peer.heard = now;
            peer.sent = now;
            peers.add(peer);
        }
        lastTurn = now;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    long sendNanos() {
        return sendNanos;
    }

    long bytesSent() {
        return bytesSent;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    @Override
    public void run() {
        try (selector) {
            moveBytes();
        } catch (IOException | RuntimeException | Error e) {
            mailbox.fail(
                    new IllegalStateException("collective: the network thread failed: " + e, e));
        } finally {
            peers.forEach(Peer::close);
        }
    }

    private void moveBytes() throws IOException {
        Farewell farewell = new Farewell(selector, peers, Math.min(interval, LONGEST_FAREWELL));
        try {
            while (!mailbox.isClosing()) {
                turn();
            }
            farewell.leave(mailbox.step());
        } catch (LostPeer lost) {
            farewell.tell(lost.rank, mailbox.step(), lost.reason);
            mailbox.fail(lost.exception());
            farewell.finish(lost.rank);
        }
    }

    private void turn() throws IOException {
        long now = System.nanoTime();
        take(now);
        for (int i = 0; i < peers.size(); i++) {
            send(peers.get(i), now);
        }
        underWay.complete(mailbox);
        if (receiveUnread(now)) {
            selector.selectNow(this);
        } else {
            selector.select(this, Math.max(1, interval / 1_000_000));
        }
        underWay.complete(mailbox);
        judge(System.nanoTime());
        publish();
    }

    /** Takes what was posted; peers that were ahead may go on. */
    private void take(long now) {
        if (!mailbox.hasMore()) {
            return;
        }
        while (mailbox.hasMore()) {
            Operation operation = mailbox.take();
            underWay.add(operation);
            operation.begin();
        }
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.get(i);
            checkPresent(peer);
            if (peer.ahead) {
                peer.ahead = false;
                peer.heard = now;
                receive(peer, now);
            }
        }
    }

    private void checkPresent(Peer peer) {
        if (peer.left && underWay.unfinishedWith(peer.rank)) {
            throw lost(peer, "it has left the group, which others still need");
        }
    }

    /** Sends what the channel takes of what is ready. */
    private void send(Peer peer, long now) {
        if (peer.left || peer.writeFailed) {
            return;
        }
        long before = System.nanoTime();
        boolean full = false;
        try {
            while (!full && (peer.hasUnsent() || fill(peer, now))) {
                full = peer.write(now);
            }
        } catch (IOException e) {
            peer.writeFailed = true;
            if (peer.ahead) {
                throw lost(peer, CLOSED);
            }
        }
        peer.setInterest();
        if (peer.sent == now) {
            sendNanos += System.nanoTime() - before;
        }
    }

    private boolean fill(Peer peer, long now) {
        if (underWay.fill(peer)) {
            return true;
        }
        if (now - peer.sent >= interval) {
            peer.put(Frame.ALIVE, 0, mailbox.step(), NOTHING);
            return true;
        }
        return false;
    }

    /**
     * Called by the selector for each channel that is ready; what can be written is at the next
     * turn.
     */
    @Override
    public void accept(SelectionKey key) {
        if (key.isValid() && key.isReadable()) {
            receive((Peer) key.attachment(), System.nanoTime());
        }
    }

    /** Receives what a connection holds beside its channel; returns whether it holds more. */
    private boolean receiveUnread(long now) {
        boolean more = false;
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.get(i);
            if (peer.hasUnread()) {
                receive(peer, now);
                more |= peer.hasUnread();
            }
        }
        return more;
    }

    private void receive(Peer peer, long now) {
        try {
            for (int frames = 0; frames < FRAMES_PER_TURN && !peer.left; frames++) {
                if (!peer.headerAccepted) {
                    if (!peer.readUpTo(Frame.HEADER, now)) {
                        return;
                    }
                    if (!acceptHeader(peer)) {
                        peer.ahead = true;
                        peer.setInterest();
                        return;
                    }
                    peer.headerAccepted = true;
                }
                if (!peer.readUpTo(Frame.HEADER + Frame.length(peer.in), now)) {
                    return;
                }
                deliver(peer);
            }
        } catch (EOFException e) {
            throw lost(peer, CLOSED);
        } catch (IOException e) {
            throw lost(peer, CLOSED + ": " + e.getMessage());
        }
    }

    /** Compares a header with what may come; returns whether its operation has begun here. */
    private boolean acceptHeader(Peer peer) {
        String complaint;
        if (FrameCheck.belongsToAnOperation(Frame.type(peer.in))) {
            if (Frame.operation(peer.in) >= mailbox.taken()) {
                return false;
            }
            complaint = FrameCheck.complaint(peer.in, find(peer), peer.rank);
        } else {
            complaint = FrameCheck.complaint(peer.in);
        }
        if (complaint != null) {
            throw lost(peer, complaint);
        }
        return true;
    }

    private Operation find(Peer peer) {
        long number = Frame.operation(peer.in);
        Operation operation = underWay.find(number);
        if (operation == null) {
            throw lost(
                    peer,
                    String.format(
                            Locale.ROOT, "it sent a frame of operation %s, which is over", number));
        }
        return operation;
    }

    private void deliver(Peer peer) {
        if (!peer.intact()) {
            throw lost(peer, "the checksum of a frame is wrong");
        }
        switch (Frame.type(peer.in)) {
            case Frame.ALIVE -> {}
            case Frame.LEAVE -> {
                peer.left = true;
                peer.close();
                checkPresent(peer);
            }
            case Frame.LOST -> throw LostPeer.told(peer, peers, rank, mailbox.step());
            default -> find(peer).receive(peer);
        }
        peer.nextFrame();
    }

    private LostPeer lost(Peer peer, String reason) {
        return LostPeer.of(peer, mailbox.step(), reason);
    }

    /** Gives up peers that are silent, and those whose calls can never meet this worker's. */
    private void judge(long now) {
        if (now - lastTurn > deadline / 2) {
            // It was this process that stood still: what the others sent is not read yet.
            peers.forEach(peer -> peer.heard = now);
        }
        lastTurn = now;
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.get(i);
            if (peer.ahead) {
                checkSameCalls(peer);
            } else if (!peer.left && now - peer.heard > deadline) {
                throw lost(
                        peer,
                        String.format(
                                Locale.ROOT,
                                "silent for longer than the deadline of %,d ms",
                                deadline / 1_000_000));
            }
        }
    }

    /** A peer that went on without finishing what this worker waits for will never finish it. */
    private void checkSameCalls(Peer peer) {
        Operation missing = mailbox.awaitsWhatIsTaken() ? underWay.needing(peer.rank) : null;
        if (missing != null) {
            throw lost(
                    peer,
                    String.format(
                            Locale.ROOT,
                            "it has begun operation %s, while this worker waits for operation %s;"
                                    + " all workers must make the same calls",
                            Frame.operation(peer.in),
                            missing.number));
        }
    }

    private void publish() {
        long out = 0;
        long in = 0;
        for (int i = 0; i < peers.size(); i++) {
            out += peers.get(i).bytesWritten;
            in += peers.get(i).bytesRead;
        }
        bytesSent = out;
        bytesReceived = in;
    }
}

package io.github.lanewise.nn.distributed;

import io.github.lanewise.nn.file.Printable;

import java.util.List;
import java.util.Locale;

/** Ends the network thread's work: one worker is lost, and why. */
final class LostPeer extends RuntimeException {

    private static final long serialVersionUID = 1;

    final int rank;
    final String reason;
    private final long step;

    private LostPeer(int rank, long step, String reason, String message) {
        super(message);
        this.rank = rank;
        this.step = step;
        this.reason = reason;
    }

    /** This worker has noticed. */
    static LostPeer of(Peer peer, long step, String reason) {
        long ago = (System.nanoTime() - peer.heard) / 1_000_000;
        return new LostPeer(
                peer.rank,
                step,
                reason,
                String.format(
                        Locale.ROOT,
                        "rank %d lost at step %d (last heard %,d ms ago): %s",
                        peer.rank,
                        step,
                        ago,
                        reason));
    }

    /** Another worker has noticed first, and its LOST frame is in. */
    static LostPeer told(Peer teller, List<Peer> peers, int self, long step) {
        byte[] content = teller.content();
        int lost = Farewell.rank(content);
        String reason = Printable.of(Farewell.reason(content));
        if (lost == self) {
            return new LostPeer(
                    self,
                    step,
                    reason,
                    String.format(
                            Locale.ROOT,
                            "this worker, rank %s, was given up by rank %s at step %s: %s",
                            self,
                            teller.rank,
                            Frame.step(teller.in),
                            reason));
        }
        for (Peer peer : peers) {
            if (peer.rank == lost) {
                return of(peer, step, reason + ", says rank " + teller.rank);
            }
        }
        return of(
                teller,
                step,
                String.format(Locale.ROOT, "it gave up rank %s, which does not exist", lost));
    }

    WorkerLostException exception() {
        return new WorkerLostException(rank, step, getMessage());
    }
}

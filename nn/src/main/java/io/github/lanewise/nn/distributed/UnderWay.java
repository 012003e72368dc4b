package io.github.lanewise.nn.distributed;

/** The operations that have begun and not ended, in their order; used by the network thread. */
final class UnderWay {

    private final Operation[] operations = new Operation[Mailbox.MOST];
    private int count;

    void add(Operation operation) {
        operations[count++] = operation;
    }

    /** Returns the operation of a number, or null. */
    Operation find(long number) {
        for (int i = 0; i < count; i++) {
            if (operations[i].number == number) {
                return operations[i];
            }
        }
        return null;
    }

    /** Makes the next frame for a peer, of the earliest operation that has one ready. */
    boolean fill(Peer peer) {
        for (int i = 0; i < count; i++) {
            if (operations[i].fill(peer)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the first operation that needs frames from a rank, or null. */
    Operation needing(int rank) {
        for (int i = 0; i < count; i++) {
            if (operations[i].needs(rank)) {
                return operations[i];
            }
        }
        return null;
    }

    /** Whether an operation needs frames from a rank, or has some for it. */
    boolean unfinishedWith(int rank) {
        for (int i = 0; i < count; i++) {
            if (operations[i].unfinishedWith(rank)) {
                return true;
            }
        }
        return false;
    }

    /** Hands finished operations back. */
    void complete(Mailbox mailbox) {
        int stay = 0;
        for (int i = 0; i < count; i++) {
            Operation operation = operations[i];
            if (operation.finished()) {
                mailbox.done(operation);
            } else {
                operations[stay++] = operation;
            }
        }
        count = stay;
    }
}

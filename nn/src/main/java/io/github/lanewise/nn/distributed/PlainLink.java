package io.github.lanewise.nn.distributed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection whose bytes travel as they are. */
final class PlainLink extends Link {

    PlainLink(SocketChannel channel) {
        super(channel);
    }

    @Override
    int read(ByteBuffer into) throws IOException {
        return readChannel(into);
    }

    @Override
    int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    @Override
    boolean hasUnsent() {
        return false;
    }

    @Override
    boolean hasUnread() {
        return false;
    }

    @Override
    void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }
}

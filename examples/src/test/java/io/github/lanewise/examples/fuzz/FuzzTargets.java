package io.github.lanewise.examples.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All targets, and what is kept of former runs. */
final class FuzzTargets {

    private FuzzTargets() {}

    /** Returns the targets: the files are in memory, but for those of which the JDK reads zip. */
    static List<FuzzTarget> all(Path disk) throws IOException {
        Path memory = MemoryFiles.folder();
        List<FuzzTarget> all = new ArrayList<>(FileTargets.all(memory, disk));
        all.add(PickleTarget.of(disk));
        all.addAll(OnnxTargets.all(memory));
        all.add(new CommandLineTarget());
        all.add(new HttpTarget(true));
        all.add(new HttpTarget(false));
        all.add(new HandshakeTarget(false));
        all.add(new HandshakeTarget(true));
        return all;
    }

    /** Returns inputs that once broke a target; {@code corpus} in the resources lists them all. */
    static List<byte[]> corpus(String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        for (String name : new String(resource("corpus"), StandardCharsets.US_ASCII).split("\n")) {
            if (name.startsWith(target + "/")) {
                inputs.add(resource(name));
            }
        }
        return inputs;
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = FuzzTargets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("fuzz: no resource " + name);
            }
            return in.readAllBytes();
        }
    }
}

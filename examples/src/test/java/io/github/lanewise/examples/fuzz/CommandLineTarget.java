package io.github.lanewise.examples.fuzz;

import io.github.lanewise.examples.CommandLines;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The command line: an argument a line. */
final class CommandLineTarget implements FuzzTarget {

    private static final List<String> SOUND =
            List.of(
                    "mnist\n--epochs\n2\n--batch\n64\n--out\nx",
                    "mnist\n--embedded\n--net\ncnn\n--lr=0.1\n--seed\n3",
                    "train\nclients.csv\n--target\nStatus\n--sep\n;\n--folds\n3",
                    "predict\nmodel\nrows.csv\n--out\n-",
                    "inspect\nmodel",
                    "serve\nmodel\n--port\n8080\n--host\nlocalhost",
                    "ellipses\n--help",
                    "doctor");

    private static final Pattern NOT_PLAIN =
            Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\x{200C}\\x{200D}]]");

    /** Made once: to look for all options of all commands takes longer than to parse with them. */
    private final CommandLines commands = new CommandLines();

    @Override
    public String name() {
        return "commandline";
    }

    @Override
    public List<byte[]> seeds() {
        return SOUND.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    @Override
    public void read(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String complaint = commands.complaint(text.split("\n", -1)).stripTrailing();
        if (complaint.lines().count() > 1 || NOT_PLAIN.matcher(complaint).find()) {
            throw new AssertionError("not one plain line: " + complaint);
        }
    }

    @Override
    public boolean isDocumented(Exception e) {
        return false;
    }
}

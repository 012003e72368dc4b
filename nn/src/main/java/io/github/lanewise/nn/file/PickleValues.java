package io.github.lanewise.nn.file;

/** What a pickle may hold beside what Java has a type for. */
final class PickleValues {

    private PickleValues() {}

    /** A function or class of Python: its name, which stands for no code. */
    record Global(String name) {}

    /**
     * Something that is no array and that nobody asks for, such as a date; equal to itself alone.
     */
    static final class Passed {

        private final String what;

        Passed(String what) {
            this.what = what;
        }

        @Override
        public String toString() {
            return what;
        }
    }

    /**
     * An array that cannot be read, while the others of its file can.
     *
     * @param what it is
     * @param fix what to save in its place
     */
    record Unread(String what, String fix) {

        /** Returns the same of a type that PyTorch calls so. */
        Unread of(String type) {
            return new Unread("%s (%s)".formatted(what, type), fix);
        }

        @Override
        public String toString() {
            return what;
        }
    }
}

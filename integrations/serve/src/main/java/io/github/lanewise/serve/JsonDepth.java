package io.github.lanewise.serve;

/** How deep the objects and arrays of a JSON text lie in each other, before it is parsed. */
final class JsonDepth {

    private JsonDepth() {}

    /** Refuses a text that goes deeper. */
    static void check(byte[] text, int most) {
        int depth = 0;
        boolean string = false;
        for (int i = 0; i < text.length; i++) {
            switch (text[i]) {
                case '"' -> string = !string;
                case '\\' -> i += string ? 1 : 0;
                case '[', '{' -> depth += string ? 0 : 1;
                case ']', '}' -> depth -= string ? 0 : 1;
                default -> {}
            }
            if (depth > most) {
                throw Problem.of(
                        400,
                        "json: byte %d: more than %d objects and arrays in each other",
                        i,
                        most);
            }
        }
    }
}

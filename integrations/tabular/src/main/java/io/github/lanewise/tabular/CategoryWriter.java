package io.github.lanewise.tabular;

import java.util.Map;

/** Writes the code or the id of a level. */
final class CategoryWriter implements Encoder.CellWriter {

    private final CategoryEncoder encoder;
    private final Map<String, Integer> ids;
    private final float[][] codes;
    private final int place;

    /**
     * Makes a writer.
     *
     * @param codes of the ids; null if the id itself is written
     */
    CategoryWriter(CategoryEncoder encoder, Map<String, Integer> ids, float[][] codes, int place) {
        this.encoder = encoder;
        this.ids = ids;
        this.codes = codes;
        this.place = place;
    }

    /** Returns the id of a level; null is missing. */
    int id(String level) {
        if (level == null) {
            return 0;
        }
        Integer id = ids.get(level);
        return id != null ? id : encoder.unknownId();
    }

    /** Writes an id. */
    void writeId(int id, float[] row, int offset) {
        if (codes == null) {
            row[offset + place] = id;
        } else {
            System.arraycopy(codes[id], 0, row, offset + place, codes[id].length);
        }
    }

    @Override
    public void write(double number, float[] row, int offset) {
        write(Double.isNaN(number) ? null : Numbers.text(number), row, offset);
    }

    @Override
    public void write(String text, float[] row, int offset) {
        writeId(id(text), row, offset);
    }

    @Override
    public Encoder.RowWriter of(Column column) {
        if (column instanceof TextColumn texts) {
            int[] byCode = new int[texts.levels().size() + 1];
            for (int code = 0; code < texts.levels().size(); code++) {
                byCode[code + 1] = id(texts.levels().get(code));
            }
            return (row, features, offset) ->
                    writeId(byCode[texts.code(row) + 1], features, offset);
        }
        return (row, features, offset) -> writeId(id(column.text(row)), features, offset);
    }
}

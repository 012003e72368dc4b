package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of several levels. Up to {@link #MOST_CODED} levels become a code, one feature a level (one
 * feature alone for two levels, 1 and -1), scaled like numbers; more become the id of a trained
 * vector.
 *
 * <p>Level 0 stands for a missing cell, 1 and so on for the levels from the most frequent to the
 * least, the last of which may be all rare levels together; the one after the last stands for
 * levels that training has not seen, and is the mean of all others, weighed by their frequency.
 *
 * @param column name of the column
 * @param known levels of their own, most frequent first
 * @param rare levels that share a vector
 * @param counts of the training rows: missing ones, each level's, and last those of the rare levels
 *     (0 if there are none)
 */
public record CategoryEncoder(
        String column, List<String> known, List<String> rare, List<Integer> counts)
        implements Encoder {

    /** Up to so many levels are coded one-hot. */
    public static final int MOST_CODED = 8;

    /** Up to so many levels have a vector of their own. */
    public static final int MOST_LEVELS = 1000;

    /** A level that fewer training rows have shares a vector with other rare ones. */
    private static final int RARE = 2;

    /** Copies the lists. */
    public CategoryEncoder {
        known = List.copyOf(known);
        rare = List.copyOf(rare);
        counts = List.copyOf(counts);
    }

    /** Counts the levels of the training rows. */
    static CategoryEncoder fit(Column column, int[] rows) {
        Map<String, Integer> counts = new HashMap<>();
        int missing = 0;
        if (column instanceof TextColumn texts) {
            int[] byCode = new int[texts.levels().size() + 1];
            for (int row : rows) {
                byCode[texts.code(row) + 1]++;
            }
            missing = byCode[0];
            for (int code = 0; code < texts.levels().size(); code++) {
                if (byCode[code + 1] > 0) {
                    counts.put(texts.levels().get(code), byCode[code + 1]);
                }
            }
        } else {
            for (int row : rows) {
                String text = column.text(row);
                if (text == null) {
                    missing++;
                } else {
                    counts.merge(text, 1, Integer::sum);
                }
            }
        }
        return of(column.name(), counts, missing);
    }

    /** Orders levels by frequency, equal ones by name, and puts the rare ones together. */
    static CategoryEncoder of(String column, Map<String, Integer> counts, int missing) {
        List<String> levels = new ArrayList<>(counts.keySet());
        levels.sort(
                Comparator.comparing((String level) -> -counts.get(level))
                        .thenComparing(Comparator.naturalOrder()));
        int own = Math.min(levels.size(), MOST_LEVELS);
        if (levels.size() > MOST_CODED) {
            while (own > 1 && counts.get(levels.get(own - 1)) < RARE) {
                own--;
            }
        }
        List<Integer> numbers = new ArrayList<>(List.of(missing));
        int rare = 0;
        for (int i = 0; i < levels.size(); i++) {
            if (i < own) {
                numbers.add(counts.get(levels.get(i)));
            } else {
                rare += counts.get(levels.get(i));
            }
        }
        numbers.add(rare);
        return new CategoryEncoder(
                column, levels.subList(0, own), levels.subList(own, levels.size()), numbers);
    }

    /** Returns whether some levels share a vector because they are rare. */
    public boolean hasRare() {
        return !rare.isEmpty();
    }

    /** Returns how many ids there are: missing, the levels, the rare ones, unknown. */
    public int ids() {
        return 1 + known.size() + (hasRare() ? 1 : 0) + 1;
    }

    /** Returns the id of levels that training has not seen. */
    public int unknownId() {
        return ids() - 1;
    }

    /** Returns whether levels become codes, not vectors. */
    public boolean isCoded() {
        return ids() - 2 <= MOST_CODED;
    }

    /** Returns how many training rows had an id; for that of unknown levels 0. */
    public int count(int id) {
        return id == unknownId() ? 0 : counts.get(id);
    }

    /** Returns whether any level is not how a number is written, so that cells were texts. */
    boolean isOfTexts() {
        return Stream.concat(known.stream(), rare.stream())
                .anyMatch(
                        level -> {
                            double number = Numbers.parse(level);
                            return Double.isNaN(number) || !level.equals(Numbers.text(number));
                        });
    }

    private int codeLength() {
        int levels = ids() - 2;
        return levels == 2 ? 1 : levels;
    }

    @Override
    public String usual() {
        return known.isEmpty() ? null : known.getFirst();
    }

    @Override
    public Features.Counts featureCounts() {
        return isCoded() ? new Features.Counts(0, codeLength(), 0) : new Features.Counts(0, 0, 1);
    }

    /** Returns the code of each id, scaled. */
    float[][] codes() {
        int width = codeLength();
        int ids = ids();
        float[][] codes = new float[ids][width];
        for (int j = 0; j < width; j++) {
            double[] raw = new double[ids];
            int rows = 0;
            // How often -1, 0 and 1 stand in the feature of all training rows.
            int[] times = new int[3];
            for (int id = 0; id < ids - 1; id++) {
                raw[id] = id == j + 1 ? 1 : width == 1 && id == 2 ? -1 : 0;
                times[1 + (int) raw[id]] += count(id);
                rows += count(id);
            }
            RobustScale scale = RobustScale.of(new double[] {-1, 0, 1}, times);
            double mean = 0;
            for (int id = 0; id < ids - 1; id++) {
                codes[id][j] = scale.of(raw[id]);
                mean += (double) codes[id][j] * count(id) / rows;
            }
            codes[ids - 1][j] = (float) mean;
        }
        return codes;
    }

    @Override
    public CellWriter writer(Features.Counts start) {
        Map<String, Integer> ids = new HashMap<>();
        for (int i = 0; i < known.size(); i++) {
            ids.put(known.get(i), i + 1);
        }
        for (String level : rare) {
            ids.put(level, known.size() + 1);
        }
        return isCoded()
                ? new CategoryWriter(this, ids, codes(), start.codes())
                : new CategoryWriter(this, ids, null, start.ids());
    }
}

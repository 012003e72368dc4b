package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Targets;

/** The targets of a run of a batch's rows. */
final class ShardTargets {

    private ShardTargets() {}

    /** Makes those of {@code rows} rows from {@code first} on; rows of numbers are not copied. */
    static Targets of(Targets whole, int first, int rows) {
        return switch (whole) {
            case Targets.Labels labels ->
                    new Targets.Labels(new int[rows * labels.perSample()], labels.perSample());
            case Targets.Values values ->
                    Targets.values(values.rows().rowRange(first, first + rows));
            case Targets.None none -> Targets.none(rows);
            case Targets.Weighted weighted ->
                    new Targets.Weighted(
                            of(weighted.targets(), first, rows),
                            new float[rows * weighted.perSample()]);
            case Targets.Several several ->
                    new Targets.Several(
                            several.parts().stream().map(part -> of(part, first, rows)).toList());
        };
    }

    /** Brings them up to date with the batch. */
    static void load(Targets whole, int first, Targets part) {
        if (whole instanceof Targets.Labels from && part instanceof Targets.Labels into) {
            int place = first * from.perSample();
            System.arraycopy(from.classes(), place, into.classes(), 0, into.classes().length);
        } else if (whole instanceof Targets.Weighted from
                && part instanceof Targets.Weighted into) {
            load(from.targets(), first, into.targets());
            int place = first * from.perSample();
            System.arraycopy(from.weights(), place, into.weights(), 0, into.weights().length);
        } else if (whole instanceof Targets.Several from && part instanceof Targets.Several into) {
            for (int i = 0; i < into.parts().size(); i++) {
                load(from.parts().get(i), first, into.parts().get(i));
            }
        }
    }
}

package io.github.lanewise.tabular;

import io.github.lanewise.nn.inference.InferenceSession;

import java.util.ArrayList;
import java.util.List;

/** Predicts for single rows of values in the order of the model's columns; for one thread. */
final class RowPredictor {

    private final List<Member> members;
    private final boolean lenient;
    private final List<List<Encoder.CellWriter>> writers = new ArrayList<>();
    private final List<InferenceSession> sessions = new ArrayList<>();

    RowPredictor(List<Member> members, boolean lenient) {
        this.members = members;
        this.lenient = lenient;
        for (Member member : members) {
            writers.add(member.preprocessing().writers());
            sessions.add(InferenceSession.of(member.network(), 1));
        }
    }

    Predictions predict(List<Object> values) {
        Target target = members.getFirst().target();
        boolean classes = target.task().isClassification();
        Predictions sums =
                new Predictions(
                        classes ? new double[1][target.outputs()] : null,
                        classes ? null : new double[1]);
        double[] scratch = new double[target.outputs()];
        for (int m = 0; m < members.size(); m++) {
            float[] features = new float[members.get(m).preprocessing().counts().all()];
            for (int i = 0; i < values.size(); i++) {
                write(writers.get(m).get(i), values.get(i), lenient, features);
            }
            float[] outputs = sessions.get(m).predict(features);
            members.get(m).add(sums, 0, outputs, scratch, 1.0 / members.size());
        }
        return sums;
    }

    /** Writes a value; for lenient models one that does not fit is missing. */
    static void write(Encoder.CellWriter writer, Object value, boolean lenient, float[] features) {
        try {
            Cell.write(writer, value, features, 0);
        } catch (IllegalArgumentException e) {
            if (!lenient) {
                throw e;
            }
            writer.write((String) null, features, 0);
        }
    }
}

package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;

import java.util.List;
import java.util.Map;

/** Calls of losses for {@link OperandsTest}. */
final class LossOperands {

    private static final Kernels K = ChosenKernels.reference();
    private static final ClassTargets CLASSES = new ClassTargets(0, null, -100);

    private LossOperands() {}

    private static OperandCase of(String name) {
        return new OperandCase(name);
    }

    static List<OperandCase> cases() {
        return List.of(
                of("softmaxCrossEntropy")
                        .in("logits", 4, 6)
                        .out("losses", 1, 4)
                        .out("dLogits", 4, 6)
                        .free("dLogits null")
                        .call(
                                m ->
                                        K.softmaxCrossEntropy(
                                                m.get("logits"),
                                                new int[5],
                                                1,
                                                m.get("losses"),
                                                m.get("dLogits"))),
                of("loss")
                        .in("predictions", 4, 6)
                        .in("targets", 4, 6)
                        .out("losses", 4, 6)
                        .out("gradient", 4, 6)
                        .in("positive weight", 1, 6)
                        .free("gradient null", "positive weight null")
                        .call(LossOperands::pointwiseLoss),
                of("classTargets")
                        .in("class weights", 1, 6)
                        .out("targets", 4, 6)
                        .out("weights", 1, 4)
                        .free("class weights null")
                        .call(
                                m ->
                                        K.losses()
                                                .classTargets(
                                                        new ClassTargets(
                                                                0, m.get("class weights"), -100),
                                                        new int[5],
                                                        m.get("targets"),
                                                        m.get("weights"))),
                of("classTargets")
                        .in("probabilities", 4, 6)
                        .out("targets", 4, 6)
                        .call(
                                m ->
                                        K.losses()
                                                .classTargets(
                                                        CLASSES,
                                                        m.get("probabilities"),
                                                        m.get("targets"))),
                of("weigh")
                        .in("weights", 4, 6)
                        .out("y", 4, 6)
                        .call(m -> K.losses().weigh(m.get("weights"), m.get("y"))),
                of("weigh")
                        .in("weights", 1, 6)
                        .out("y", 4, 6)
                        .free("y rows")
                        .call(m -> K.losses().weigh(m.get("weights"), m.get("y"))),
                of("multiMargin")
                        .in("class weights", 1, 6)
                        .in("x", 4, 6)
                        .out("losses", 1, 4)
                        .out("gradient", 4, 6)
                        .free("class weights null")
                        .call(
                                m ->
                                        K.losses()
                                                .multiMargin(
                                                        false,
                                                        1,
                                                        m.get("class weights"),
                                                        m.get("x"),
                                                        new int[5],
                                                        1,
                                                        m.get("losses"),
                                                        m.get("gradient"))),
                of("cosine")
                        .in("x", 4, 6)
                        .in("y", 4, 6)
                        .out("losses", 1, 4)
                        .out("dx", 4, 6)
                        .out("dy", 4, 6)
                        .free("dx null", "dy null")
                        .call(
                                m ->
                                        K.losses()
                                                .cosine(
                                                        m.get("x"),
                                                        m.get("y"),
                                                        null,
                                                        0,
                                                        1,
                                                        m.get("losses"),
                                                        m.get("dx"),
                                                        m.get("dy"))),
                of("tripletMargin")
                        .in("x", 4, 6)
                        .out("losses", 1, 4)
                        .out("gradient", 4, 6)
                        .call(
                                m ->
                                        K.losses()
                                                .tripletMargin(
                                                        m.get("x"),
                                                        1,
                                                        1e-6f,
                                                        1,
                                                        m.get("losses"),
                                                        m.get("gradient"))));
    }

    private static void pointwiseLoss(Map<String, Matrix> m) {
        PointwiseLoss loss =
                new PointwiseLoss(PointwiseLoss.Kind.BCE_WITH_LOGITS, 0, m.get("positive weight"));
        K.losses()
                .pointwise(
                        loss,
                        m.get("predictions"),
                        m.get("targets"),
                        1,
                        m.get("losses"),
                        m.get("gradient"));
    }
}

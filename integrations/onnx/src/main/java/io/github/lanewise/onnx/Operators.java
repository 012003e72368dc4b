package io.github.lanewise.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The closed list of operators, each with what is made of it. */
final class Operators {

    private static final Map<String, Operator> ALL = new HashMap<>();

    static {
        ActivationOperators.add(ALL);
        ArithmeticOperators.add(ALL);
        CastOperators.add(ALL);
        ConditionOperators.add(ALL);
        ConvolutionOperators.add(ALL);
        EinsumOperator.add(ALL);
        LinearOperators.add(ALL);
        NormOperators.add(ALL);
        PoolOperators.add(ALL);
        RecurrentOperators.add(ALL);
        ReduceOperators.add(ALL);
        ResizeOperators.add(ALL);
        ShapeOperators.add(ALL);
        TableOperators.add(ALL);
    }

    private Operators() {}

    /** Returns what imports a call: at once if all is known, else as a layer. */
    static Operator of(Call call, Budget budget) {
        OnnxNode node = call.node();
        String name = node.domain().isEmpty() ? node.operator() : full(node);
        if (call.allKnown() && Folding.knows(name)) {
            return known -> List.of(Folding.fold(known, budget));
        }
        if (call.allKnown() && KnownReduction.knows(name)) {
            return known -> List.of(KnownReduction.fold(known));
        }
        Operator operator = ALL.get(name);
        if (operator == null) {
            throw new IllegalArgumentException(
                    "operator %s is not imported; if an earlier value will do, choose it by outputs(name)"
                            .formatted(name));
        }
        return operator;
    }

    private static String full(OnnxNode node) {
        return node.domain() + "." + node.operator();
    }
}

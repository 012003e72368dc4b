package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Slots.PLAIN;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.PseudoInstruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.*;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the calls of the Vector API in a method on vectors whose class C2 does not know when it
 * parses the call: what a loop carries round, a local variable that it assigns to and that has been
 * assigned before; and what a few methods return, whose signature alone says no more than
 * FloatVector.
 *
 * <p>It goes through the bytecode once, from the first to the last instruction, as a Java compiler
 * lays it out: only loops lead back. A slot's number is {@link #UNKNOWN} or {@link Slots#PLAIN}.
 */
final class UnknownReceivers {

    private static final int UNKNOWN = 1;

    /** Methods whose result C2 does not know the class of until it has compiled them. */
    private static final Pattern UNTOLD =
            Pattern.compile(
                    "(zero|broadcast|fromArray):INVOKESTATIC|(reinterpret|viewAs|convert|cast|unslice).*:INVOKE(VIRTUAL|INTERFACE)");

    private final MethodModel method;
    private final CodeAttribute code;
    private final List<CodeElement> elements;
    private final Map<Label, Integer> places = new HashMap<>();

    /** For where each loop begins, where it ends. */
    private final Map<Integer, Integer> loops = new HashMap<>();

    private final Map<Label, Slots> arriving = new HashMap<>();
    private final List<String> found = new ArrayList<>();

    /** Null where no instruction leads. */
    private Slots slots;

    private int line;

    private UnknownReceivers(MethodModel method, CodeAttribute code) {
        this.method = method;
        this.code = code;
        elements = code.elementList();
    }

    /** Returns "method, line n: called method" for each. */
    static List<String> in(MethodModel method) {
        return method.code()
                .map(code -> new UnknownReceivers(method, (CodeAttribute) code).find())
                .orElse(List.of());
    }

    private List<String> find() {
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof LabelTarget target) {
                places.put(target.label(), i);
            } else if (elements.get(i) instanceof BranchInstruction branch
                    && places.containsKey(branch.target())) {
                loops.merge(places.get(branch.target()), i, Math::max);
            }
        }
        slots = Slots.atStart(code.maxLocals());
        for (ExceptionCatch handler : code.exceptionHandlers()) {
            Slots thrown = slots.copy();
            thrown.push(TypeKind.REFERENCE, PLAIN);
            arriving.put(handler.handler(), thrown);
        }
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof LabelTarget target) {
                enter(target.label(), i);
            } else if (elements.get(i) instanceof LineNumber number) {
                line = number.line();
            } else if (slots != null && !(elements.get(i) instanceof PseudoInstruction)) {
                step(elements.get(i), i);
            }
        }
        return found;
    }

    private void enter(Label label, int at) {
        Slots others = arriving.get(label);
        if (slots == null) {
            slots = others;
        } else if (others != null) {
            slots.join(others);
        }
        if (slots != null && loops.containsKey(at)) {
            for (CodeElement element : elements.subList(at, loops.get(at))) {
                if (element instanceof StoreInstruction store) {
                    slots.raise(store.slot(), UNKNOWN);
                }
            }
        }
    }

    private void leadTo(Label target, int from) {
        if (places.get(target) > from) {
            Slots others = arriving.putIfAbsent(target, slots.copy());
            if (others != null) {
                others.join(slots);
            }
        }
    }

    private void step(CodeElement element, int at) {
        switch (element) {
            case LoadInstruction e -> slots.load(e.typeKind(), e.slot());
            case StoreInstruction e -> slots.store(e.typeKind(), e.slot());
            case ConstantInstruction e -> slots.push(e.typeKind(), PLAIN);
            case FieldInstruction e -> slots.field(e.opcode(), TypeKind.from(e.typeSymbol()));
            case InvokeInstruction e -> call(e);
            case InvokeDynamicInstruction e -> {
                slots.popAll(e.typeSymbol());
                slots.push(TypeKind.from(e.typeSymbol().returnType()), PLAIN);
            }
            case OperatorInstruction e -> slots.operate(e.opcode(), e.typeKind());
            case ConvertInstruction e -> replace(e.fromType().slotSize(), e.toType());
            case ArrayLoadInstruction e -> replace(2, e.typeKind());
            case ArrayStoreInstruction e -> slots.pop(2 + e.typeKind().slotSize());
            case NewObjectInstruction _ -> slots.push(TypeKind.REFERENCE, PLAIN);
            case NewMultiArrayInstruction e -> replace(e.dimensions(), TypeKind.REFERENCE);
            case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ -> {}
            case TypeCheckInstruction _, IncrementInstruction _ -> {}
            case StackInstruction e -> slots.rearrange(e.opcode());
            case BranchInstruction e -> branch(e, at);
            case TableSwitchInstruction e -> choose(e.cases(), e.defaultTarget(), at);
            case LookupSwitchInstruction e -> choose(e.cases(), e.defaultTarget(), at);
            case ReturnInstruction _, ThrowInstruction _ -> slots = null;
            default -> throw new IllegalStateException(method.methodName() + ": " + element);
        }
    }

    private void replace(int taken, TypeKind given) {
        slots.pop(taken);
        slots.push(given, PLAIN);
    }

    private void branch(BranchInstruction e, int at) {
        slots.compare(e.opcode());
        leadTo(e.target(), at);
        if (e.opcode() == Opcode.GOTO || e.opcode() == Opcode.GOTO_W) {
            slots = null;
        }
    }

    private void choose(List<SwitchCase> cases, Label otherwise, int at) {
        slots.pop(1);
        leadTo(otherwise, at);
        cases.forEach(one -> leadTo(one.target(), at));
        slots = null;
    }

    private void call(InvokeInstruction call) {
        boolean isVectors = call.owner().asInternalName().startsWith("jdk/incubator/vector/");
        MethodTypeDesc type = call.typeSymbol();
        for (ClassDesc parameter : type.parameterList().reversed()) {
            int argument = slots.pop(TypeKind.from(parameter));
            if (isVectors && asksMask(call) && parameter.displayName().equals("VectorMask")) {
                check(argument, call);
            }
        }
        if (call.opcode() != Opcode.INVOKESTATIC) {
            int receiver = slots.pop(1);
            if (isVectors) {
                check(receiver, call);
            }
        }
        boolean isKnown =
                !isVectors || !UNTOLD.matcher(call.name() + ":" + call.opcode()).matches();
        slots.push(TypeKind.from(type.returnType()), isKnown ? PLAIN : UNKNOWN);
    }

    /** Other methods cast their mask to its class first. */
    private static boolean asksMask(InvokeInstruction call) {
        return call.name().equalsString("fromArray") || call.name().equalsString("intoArray");
    }

    private void check(int value, InvokeInstruction call) {
        if (value == UNKNOWN) {
            found.add("%s, line %d: %s".formatted(method.methodName(), line, call.name()));
        }
    }
}

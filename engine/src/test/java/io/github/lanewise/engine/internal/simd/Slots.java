package io.github.lanewise.engine.internal.simd;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number for each slot of a method's locals and of its operand stack, as the method runs: {@link
 * #PLAIN}, or a larger one, which a value has from where it comes. A long or double takes two
 * slots.
 */
record Slots(int[] locals, List<Integer> stack) {

    static final int PLAIN = -1;

    static Slots atStart(int maxLocals) {
        int[] locals = new int[maxLocals];
        Arrays.fill(locals, PLAIN);
        return new Slots(locals, new ArrayList<>());
    }

    Slots copy() {
        return new Slots(locals.clone(), new ArrayList<>(stack));
    }

    /** Takes the larger number of each slot, where two ways meet. */
    void join(Slots other) {
        Arrays.setAll(locals, i -> Math.max(locals[i], other.locals[i]));
        for (int i = 0; i < stack.size(); i++) {
            stack.set(i, Math.max(stack.get(i), other.stack.get(i)));
        }
    }

    void raise(int local, int value) {
        locals[local] = Math.max(locals[local], value);
    }

    void load(TypeKind kind, int local) {
        push(kind, locals[local]);
    }

    void store(TypeKind kind, int local) {
        locals[local] = pop(kind);
    }

    void push(TypeKind kind, int value) {
        for (int i = 0; i < kind.slotSize(); i++) {
            stack.add(value);
        }
    }

    int pop(TypeKind kind) {
        return pop(kind.slotSize());
    }

    int pop(int slots) {
        int value = PLAIN;
        for (int i = 0; i < slots; i++) {
            value = stack.removeLast();
        }
        return value;
    }

    void popAll(MethodTypeDesc type) {
        type.parameterList().forEach(parameter -> pop(TypeKind.from(parameter)));
    }

    /** Takes what a field's instruction needs and leaves what it gives. */
    void field(Opcode opcode, TypeKind kind) {
        boolean writes = opcode == Opcode.PUTSTATIC || opcode == Opcode.PUTFIELD;
        if (writes) {
            pop(kind);
        }
        if (opcode == Opcode.GETFIELD || opcode == Opcode.PUTFIELD) {
            pop(1);
        }
        if (!writes) {
            push(kind, PLAIN);
        }
    }

    /** Takes the operands of an arithmetic instruction and leaves its result. */
    void operate(Opcode opcode, TypeKind kind) {
        switch (opcode) {
            case ARRAYLENGTH, INEG, LNEG, FNEG, DNEG -> {}
            case ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR, FCMPL, FCMPG -> pop(1);
            case LCMP, DCMPL, DCMPG -> pop(3);
            default -> pop(kind);
        }
    }

    /** Takes what a branch compares. */
    void compare(Opcode opcode) {
        switch (opcode) {
            case GOTO, GOTO_W -> {}
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> pop(1);
            default -> pop(2);
        }
    }

    /** Copies, drops or exchanges what lies on top of the stack. */
    void rearrange(Opcode opcode) {
        int n = stack.size();
        switch (opcode) {
            case POP -> pop(1);
            case POP2 -> pop(2);
            case DUP -> stack.add(stack.get(n - 1));
            case DUP_X1 -> stack.add(n - 2, stack.get(n - 1));
            case DUP_X2 -> stack.add(n - 3, stack.get(n - 1));
            case DUP2 -> stack.addAll(List.copyOf(stack.subList(n - 2, n)));
            case DUP2_X1 -> stack.addAll(n - 3, List.copyOf(stack.subList(n - 2, n)));
            case DUP2_X2 -> stack.addAll(n - 4, List.copyOf(stack.subList(n - 2, n)));
            default -> stack.add(n - 2, stack.removeLast());
        }
    }
}

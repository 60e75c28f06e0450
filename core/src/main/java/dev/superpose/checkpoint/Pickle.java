package dev.superpose.checkpoint;

import dev.superpose.checkpoint.PickleValue.Global;
import dev.superpose.checkpoint.PickleValue.Items;
import dev.superpose.checkpoint.PickleValue.Opaque;
import dev.superpose.checkpoint.PickleValue.Plain;
import dev.superpose.checkpoint.PickleValue.Table;
import dev.superpose.checkpoint.PickleValue.Text;
import dev.superpose.checkpoint.PickleValue.Whole;
import dev.superpose.result.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a pickle of protocol 2 to 5 as data: a pickle is a program for a stack machine, and this
/// machine can build values but loads no class and calls nothing. What the program would have
/// called is a name ([TorchObjects]).
///
/// It ends: there are no jumps, and each of at most [#MOST_STEPS] steps makes at most one value,
/// of no more bytes than it took from the file. Opcodes: CPython, `Lib/pickletools.py`; those of
/// protocols 0 and 1 that `torch.save` never writes, extensions and out-of-band buffers are
/// refused.
final class Pickle {
    static final long LONGEST = 64 << 20;
    private static final int MOST_STEPS = 4_000_000;
    private static final int LONGEST_NAME = 1000;
    private static final int LONGEST_STRING = 4096;
    private static final String REMEDY = "save model.state_dict() again with torch.save, or as safetensors";

    private final Path file;
    private final String entry;
    private final byte[] bytes;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();
    private int at;
    private int opcodeAt;

    private Pickle(Path file, String entry, byte[] bytes) {
        this.file = file;
        this.entry = entry;
        this.bytes = bytes;
    }

    /// The value of the pickle `bytes`, which is the entry of that name in `file`.
    ///
    /// @throws InputException if it is no pickle, is damaged, or has opcodes that are not
    /// known here
    static PickleValue read(Path file, String entry, byte[] bytes) throws InputException {
        return new Pickle(file, entry, bytes).run();
    }

    private PickleValue run() throws InputException {
        if (bytes.length < 2 || bytes[0] != (byte) 0x80 || bytes[1] < 2 || bytes[1] > 5) {
            throw wrong("a pickle of protocol 2 to 5", "another thing");
        }
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            opcodeAt = at;
            int opcode = u8();
            if (opcode == '.') {
                return pop();
            }
            boolean known = arrange(opcode)
                    || number(opcode)
                    || text(opcode)
                    || remember(opcode)
                    || collect(opcode)
                    || construct(opcode);
            if (!known) {
                throw wrong("an opcode that torch.save writes", "0x%02x".formatted(opcode));
            }
        }
        throw wrong("at most %,d opcodes".formatted(MOST_STEPS), "more");
    }

    /// Protocol, frames, marks, and what moves or drops values.
    private boolean arrange(int opcode) throws InputException {
        switch (opcode) {
            case 0x80 -> skip(1); // PROTO
            case 0x95 -> skip(Long.BYTES); // FRAME: a hint for readers of streams
            case '(' -> marks.push(stack.size()); // MARK
            case '1' -> popMark(); // POP_MARK
            case '2' -> push(top()); // DUP
            case '0' -> { // POP
                if (!marks.isEmpty() && floor() == stack.size()) {
                    marks.pop();
                } else {
                    pop();
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean number(int opcode) throws InputException {
        switch (opcode) {
            case 'N', 0x88, 0x89 -> push(Plain.PLAIN); // NONE, NEWTRUE, NEWFALSE
            case 'G' -> { // BINFLOAT
                skip(Double.BYTES);
                push(Plain.PLAIN);
            }
            case 'J' -> push(new Whole((int) unsigned(4))); // BININT
            case 'K' -> push(new Whole(u8())); // BININT1
            case 'M' -> push(new Whole(unsigned(2))); // BININT2
            case 0x8a -> push(whole(u8())); // LONG1
            case 0x8b -> push(whole(length(4))); // LONG4
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Strings and bytes.
    private boolean text(int opcode) throws InputException {
        switch (opcode) {
            case 0x8c, 'U' -> push(string(length(1))); // SHORT_BINUNICODE, SHORT_BINSTRING
            case 'X', 'T' -> push(string(length(4))); // BINUNICODE, BINSTRING
            case 0x8d -> push(string(length(8))); // BINUNICODE8
            case 'C' -> pushBytes(length(1)); // SHORT_BINBYTES
            case 'B' -> pushBytes(length(4)); // BINBYTES
            case 0x8e, 0x96 -> pushBytes(length(8)); // BINBYTES8, BYTEARRAY8
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean remember(int opcode) throws InputException {
        switch (opcode) {
            case 'q' -> memo.put((long) u8(), top()); // BINPUT
            case 'r' -> memo.put(unsigned(4), top()); // LONG_BINPUT
            case 0x94 -> memo.put((long) memo.size(), top()); // MEMOIZE
            case 'h' -> push(recall(u8())); // BINGET
            case 'j' -> push(recall(unsigned(4))); // LONG_BINGET
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Tuples, lists, sets and dicts.
    private boolean collect(int opcode) throws InputException {
        switch (opcode) {
            case ')', ']', 0x8f -> push(new Items(new ArrayList<>(0))); // EMPTY_TUPLE, EMPTY_LIST, EMPTY_SET
            case '}' -> push(new Table(new LinkedHashMap<>())); // EMPTY_DICT
            case 0x85 -> push(new Items(popped(1))); // TUPLE1
            case 0x86 -> push(new Items(popped(2))); // TUPLE2
            case 0x87 -> push(new Items(popped(3))); // TUPLE3
            case 't', 'l', 0x91 -> push(new Items(popMark())); // TUPLE, LIST, FROZENSET
            case 'd' -> { // DICT
                List<PickleValue> pairs = popMark();
                push(new Table(new LinkedHashMap<>()));
                put(pairs);
            }
            case 'a' -> add(popped(1)); // APPEND
            case 'e', 0x90 -> add(popMark()); // APPENDS, ADDITEMS
            case 's' -> put(popped(2)); // SETITEM
            case 'u' -> put(popMark()); // SETITEMS
            default -> {
                return false;
            }
        }
        return true;
    }

    /// What would load classes and call them.
    private boolean construct(int opcode) throws InputException {
        switch (opcode) {
            case 'c' -> push(new Global(line() + "." + line())); // GLOBAL
            case 0x93 -> { // STACK_GLOBAL
                List<PickleValue> names = popped(2);
                push(
                        (names.get(0) instanceof Text(String module) && names.get(1) instanceof Text(String name))
                                ? new Global(module + "." + name)
                                : new Opaque("a class without a name"));
            }
            case 'R', 0x81 -> { // REDUCE, NEWOBJ
                List<PickleValue> call = popped(2);
                push(TorchObjects.call(call.get(0), call.get(1)));
            }
            case 0x92 -> { // NEWOBJ_EX
                List<PickleValue> call = popped(3);
                push(new Opaque(call.get(0) instanceof Global(String name) ? name : "an object without a class"));
            }
            case 'b' -> { // BUILD: attributes, of which none says anything of tensors
                pop();
                top();
            }
            case 'Q' -> push(TorchObjects.persistent(pop())); // BINPERSID
            default -> {
                return false;
            }
        }
        return true;
    }

    private void add(List<PickleValue> values) throws InputException {
        if (top() instanceof Items(List<PickleValue> items)) {
            items.addAll(values);
        } else if (!(top() instanceof Opaque)) {
            throw wrong("a list to add to", "another value");
        }
    }

    private void put(List<PickleValue> pairs) throws InputException {
        if (pairs.size() % 2 != 0) {
            throw wrong("a value for each key", "%,d keys and values".formatted(pairs.size()));
        }
        if (top() instanceof Table(Map<String, PickleValue> table)) {
            for (int i = 0; i < pairs.size(); i += 2) {
                if (pairs.get(i) instanceof Text(String key)) {
                    table.put(key, pairs.get(i + 1));
                }
            }
        } else if (!(top() instanceof Opaque)) {
            throw wrong("a dict to put into", "another value");
        }
    }

    private PickleValue recall(long key) throws InputException {
        PickleValue value = memo.get(key);
        if (value == null) {
            throw wrong("a value remembered before", "none at %,d".formatted(key));
        }
        return value;
    }

    private void push(PickleValue value) {
        stack.add(value);
    }

    private PickleValue top() throws InputException {
        requireValues(1);
        return stack.getLast();
    }

    private PickleValue pop() throws InputException {
        requireValues(1);
        return stack.removeLast();
    }

    /// Takes the upper `count` values, in the order in which they were pushed.
    private List<PickleValue> popped(int count) throws InputException {
        requireValues(count);
        return cut(stack.size() - count);
    }

    private List<PickleValue> popMark() throws InputException {
        if (marks.isEmpty()) {
            throw wrong("a mark on the stack", "none");
        }
        return cut(marks.pop());
    }

    private List<PickleValue> cut(int from) {
        List<PickleValue> upper = stack.subList(from, stack.size());
        List<PickleValue> taken = new ArrayList<>(upper);
        upper.clear();
        return taken;
    }

    private void requireValues(int count) throws InputException {
        int there = stack.size() - floor();
        if (there < count) {
            throw wrong("%d values on the stack".formatted(count), "%d".formatted(there));
        }
    }

    /// The height of the stack at the last mark, below which nothing may be taken.
    private int floor() {
        return marks.isEmpty() ? 0 : marks.getFirst();
    }

    /// A little-endian two's complement integer; one of more than 64 bits is no size of anything.
    private PickleValue whole(int length) throws InputException {
        int from = at;
        skip(length);
        if (length > Long.BYTES) {
            return Plain.PLAIN;
        }
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = i == length - 1 ? bytes[from + i] : (value << 8) | Byte.toUnsignedLong(bytes[from + i]);
        }
        return new Whole(value);
    }

    /// A string too long to name anything loses its text: a dict of many such would take for ever
    /// to compare them.
    private PickleValue string(int length) throws InputException {
        int from = at;
        skip(length);
        if (length > LONGEST_STRING) {
            return Plain.PLAIN;
        }
        return new Text(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    private void pushBytes(int length) throws InputException {
        skip(length);
        push(Plain.PLAIN);
    }

    private String line() throws InputException {
        int from = at;
        while (u8() != '\n') {
            if (at - from > LONGEST_NAME) {
                throw wrong("a name of at most %,d bytes".formatted(LONGEST_NAME), "more");
            }
        }
        return new String(bytes, from, at - 1 - from, StandardCharsets.UTF_8);
    }

    private int u8() throws InputException {
        skip(1);
        return Byte.toUnsignedInt(bytes[at - 1]);
    }

    private long unsigned(int width) throws InputException {
        int from = at;
        skip(width);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = (value << 8) | Byte.toUnsignedLong(bytes[from + i]);
        }
        return value;
    }

    /// A length of `width` bytes, never more than the bytes that follow it.
    private int length(int width) throws InputException {
        long length = unsigned(width);
        if (length < 0 || length > bytes.length - at) {
            throw wrong(
                    "a length of at most %,d, the bytes that follow".formatted(bytes.length - at),
                    Long.toUnsignedString(length));
        }
        return (int) length;
    }

    private void skip(int count) throws InputException {
        if (count > bytes.length - at) {
            throw wrong("%,d more bytes".formatted(count), "%,d".formatted(bytes.length - at));
        }
        at += count;
    }

    private InputException wrong(String expected, String found) {
        return new InputException(file, "%s, byte %,d".formatted(entry, opcodeAt), expected, found, REMEDY);
    }
}

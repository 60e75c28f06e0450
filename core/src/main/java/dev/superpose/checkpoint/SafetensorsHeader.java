package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads and checks the header of a safetensors file: `u64 length | JSON | data`, little-endian.
///
/// Nothing is believed: a declared size is compared with the bytes that are left before it is
/// used, and the tensors must cover the data exactly, without hole, overlap or trailing bytes, so
/// that a file has one meaning only. Format: huggingface/safetensors, README and
/// `safetensors/src/tensor.rs`.
final class SafetensorsHeader {
    static final long LONGEST = 100_000_000;
    private static final int MOST_TENSORS = 500_000;
    private static final int MOST_DIMENSIONS = 32;
    private static final int LONGEST_NAME = 65_535;
    private static final String FETCH_AGAIN = "the file is damaged or not a safetensors file; fetch or save it again";
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNameLength(LONGEST_NAME)
                    .maxStringLength((int) LONGEST)
                    .build())
            // Names occur once each, and come from strangers.
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private final Path file;
    private final long size;
    private final long data;
    private final JsonParser parser;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private boolean metadataSeen;

    private SafetensorsHeader(Path file, long size, long length, JsonParser parser) {
        this.file = file;
        this.size = size;
        this.data = Long.BYTES + length;
        this.parser = parser;
    }

    /// The tensors by name, in the order of the header, and the metadata.
    record Contents(Map<String, TensorInfo> tensors, Map<String, String> metadata) {}

    /// Reads the header of `bytes`, the whole file.
    static Contents read(Path file, MemorySegment bytes) throws InputException {
        long size = bytes.byteSize();
        if (size < Long.BYTES) {
            throw new InputException(file, "byte 0", "the 8 bytes of a header length", size + " bytes", FETCH_AGAIN);
        }
        long length = bytes.get(LENGTH, 0);
        if (length < 0 || length > LONGEST) {
            throw new InputException(
                    file,
                    "byte 0",
                    "a header length of at most %,d".formatted(LONGEST),
                    Long.toUnsignedString(length),
                    FETCH_AGAIN);
        }
        if (length > size - Long.BYTES) {
            throw new InputException(
                    file,
                    "byte 0",
                    "a header length of at most %,d, the bytes that follow".formatted(size - Long.BYTES),
                    "%,d".formatted(length),
                    "the file is cut short; fetch it again");
        }
        if (length < 2) {
            throw new InputException(file, "byte 0", "a header of at least 2 bytes", length, FETCH_AGAIN);
        }
        MemorySegment header = bytes.asSlice(Long.BYTES, length);
        byte first = header.get(ValueLayout.JAVA_BYTE, 0);
        if (first != '{') {
            throw new InputException(file, "byte 8", "'{'", "0x%02x".formatted(first), FETCH_AGAIN);
        }
        StrictUtf8.check(file, Long.BYTES, header);
        // Without a byte 0 (StrictUtf8) the parser cannot take the text for UTF-16 or UTF-32.
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), new SegmentStream(header))) {
            return new SafetensorsHeader(file, size, length, parser).read();
        } catch (StreamConstraintsException e) {
            throw new InputException(file, place(e), "a header within bounds", JsonText.reason(e), FETCH_AGAIN);
        } catch (JacksonException e) {
            throw new InputException(file, place(e), "JSON", JsonText.reason(e), FETCH_AGAIN);
        }
    }

    private Contents read() throws InputException {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (name.equals(Safetensors.METADATA)) {
                readMetadata();
            } else {
                TensorInfo tensor = readTensor(name);
                if (tensors.putIfAbsent(name, tensor) != null) {
                    throw wrong("each tensor once", "'" + name + "' twice");
                }
                if (tensors.size() > MOST_TENSORS) {
                    throw wrong("at most %,d tensors".formatted(MOST_TENSORS), "more");
                }
            }
        }
        if (parser.nextToken() != null) {
            throw wrong("only blanks after the header's last '}'", "'" + parser.getString() + "'");
        }
        checkCover();
        return new Contents(tensors, metadata);
    }

    private void readMetadata() throws InputException {
        if (metadataSeen) {
            throw wrong("one " + Safetensors.METADATA, "two");
        }
        metadataSeen = true;
        expect(JsonToken.START_OBJECT, "an object of strings as %s", Safetensors.METADATA);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            expect(JsonToken.VALUE_STRING, "a string as metadata '%s'", key);
            if (metadata.putIfAbsent(key, parser.getString()) != null) {
                throw wrong("each key of the metadata once", "'" + key + "' twice");
            }
        }
    }

    private TensorInfo readTensor(String name) throws InputException {
        long at = parser.currentTokenLocation().getByteOffset() + Long.BYTES;
        expect(JsonToken.START_OBJECT, "an object for tensor '%s'", name);
        Optional<Dtype> dtype = Optional.empty();
        Optional<List<Long>> shape = Optional.empty();
        Optional<List<Long>> offsets = Optional.empty();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            boolean again = switch (key) {
                case "dtype" -> dtype.isPresent();
                case "shape" -> shape.isPresent();
                case "data_offsets" -> offsets.isPresent();
                default -> false;
            };
            if (again) {
                throw wrong("%s of tensor '%s' once".formatted(key, name), "it twice");
            }
            switch (key) {
                case "dtype" -> dtype = Optional.of(readDtype(name));
                case "shape" -> shape = Optional.of(readNumbers(name, key, MOST_DIMENSIONS));
                case "data_offsets" -> offsets = Optional.of(readNumbers(name, key, 2));
                default -> {
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        }
        String missing = dtype.isEmpty() ? "dtype" : shape.isEmpty() ? "shape" : "data_offsets";
        if (dtype.isEmpty() || shape.isEmpty() || offsets.isEmpty()) {
            throw new InputException(
                    file, "byte %,d".formatted(at), missing + " of tensor '" + name + "'", "none", FETCH_AGAIN);
        }
        return checked(at, name, dtype.get(), shape.get(), offsets.get());
    }

    private Dtype readDtype(String tensor) throws InputException {
        expect(JsonToken.VALUE_STRING, "the name of a dtype for tensor '%s'", tensor);
        String name = parser.getString();
        Optional<Dtype> dtype = Dtype.named(name);
        if (dtype.isEmpty()) {
            throw new InputException(
                    file,
                    place(),
                    "a dtype of the safetensors format for tensor '%s'".formatted(tensor),
                    "'" + name + "'",
                    "save the file with a known dtype such as F32, F16 or BF16");
        }
        return dtype.get();
    }

    private List<Long> readNumbers(String tensor, String key, int most) throws InputException {
        expect(JsonToken.START_ARRAY, "a list as " + key + " of tensor '%s'", tensor);
        List<Long> numbers = new ArrayList<>(2);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && parser.getLongValue() >= 0;
            if (!whole) {
                throw wrong(
                        "whole numbers from 0 to 2^63 - 1 in %s of tensor '%s'".formatted(key, tensor),
                        "'" + parser.getString() + "'");
            }
            if (numbers.size() == most) {
                throw wrong("at most %d numbers in %s of tensor '%s'".formatted(most, key, tensor), "more");
            }
            numbers.add(parser.getLongValue());
        }
        return numbers;
    }

    private TensorInfo checked(long at, String name, Dtype dtype, List<Long> shape, List<Long> offsets)
            throws InputException {
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > size - data) {
            throw new InputException(
                    file,
                    place(at, name),
                    "data_offsets [begin, end] with begin <= end <= %,d, the bytes of data".formatted(size - data),
                    offsets,
                    "the file is damaged or cut short; fetch it again");
        }
        long begin = offsets.get(0);
        long bytes = offsets.get(1) - begin;
        long bits = 1;
        try {
            for (long dimension : shape) {
                bits = Math.multiplyExact(bits, dimension);
            }
            bits = Math.multiplyExact(bits, (long) dtype.bits());
        } catch (ArithmeticException _) {
            throw new InputException(file, place(at, name), "a shape of less than 2^63 bits", shape, FETCH_AGAIN);
        }
        if (bits % 8 != 0 || bits / 8 != bytes) {
            throw new InputException(
                    file,
                    place(at, name),
                    "%,d bits for shape %s of %s".formatted(bits, shape, dtype),
                    "%,d bytes".formatted(bytes),
                    FETCH_AGAIN);
        }
        return new TensorInfo(name, dtype, shape, data + begin, bytes);
    }

    /// Checks that the tensors, sorted by offset, follow each other from the first byte
    /// of data to the last.
    private void checkCover() throws InputException {
        List<TensorInfo> sorted = new ArrayList<>(tensors.values());
        sorted.sort(Comparator.comparingLong(TensorInfo::offset).thenComparingLong(TensorInfo::bytes));
        long next = data;
        for (TensorInfo tensor : sorted) {
            if (tensor.offset() != next) {
                throw new InputException(
                        file,
                        "byte %,d".formatted(next),
                        "the beginning of tensor '%s', without hole or overlap".formatted(tensor.name()),
                        "it at byte %,d".formatted(tensor.offset()),
                        FETCH_AGAIN);
            }
            next += tensor.bytes();
        }
        if (next != size) {
            throw new InputException(
                    file,
                    "byte %,d".formatted(next),
                    "the end of the file after the last tensor",
                    "%,d more bytes".formatted(size - next),
                    FETCH_AGAIN);
        }
    }

    /// Takes the next token. What was meant is put into words only if it is another: there may be
    /// half a million tensors.
    private void expect(JsonToken token, String meaning, String of) throws InputException {
        if (parser.nextToken() != token) {
            throw wrong(meaning.formatted(of), "'" + parser.getString() + "'");
        }
    }

    private InputException wrong(String expected, String found) {
        return new InputException(file, place(), expected, found, FETCH_AGAIN);
    }

    private static String place(long at, String tensor) {
        return "byte %,d, tensor '%s'".formatted(at, tensor);
    }

    private String place() {
        return "byte %,d".formatted(parser.currentTokenLocation().getByteOffset() + Long.BYTES);
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "header" : "byte %,d".formatted(Long.BYTES + location.getByteOffset());
    }
}

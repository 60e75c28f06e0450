package dev.superpose.result;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.InjectableValues;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// How every JSON document of this program looks: records become objects, their components keys in
/// snake_case and in the order declared, enum constants lower case, and numbers that are not finite
/// null. An `Optional` component marked `@JsonInclude(NON_ABSENT)` has no key where it is empty.
public final class Json {
    private static final JsonMapper MAPPER = mapper();

    private Json() {}

    /// `value` as an indented document, with a line end at its end. Characters that a terminal
    /// obeys rather than shows are escaped, as names of strangers may hold them.
    public static String write(Object value) {
        return escaped(MAPPER.writeValueAsString(value)) + "\n";
    }

    /// The same document. Line ends apart, such characters stand in strings only, where JSON lets
    /// any be written by its number.
    private static String escaped(String document) {
        var safe = new StringBuilder(document.length());
        document.codePoints().forEach(c -> {
            if (c != '\n' && InputException.hidden(c)) {
                for (char unit : Character.toChars(c)) {
                    safe.append("\\u%04x".formatted((int) unit));
                }
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /// The value of type `type` in `document`: every component must be there, but for those that
    /// have no key where they are empty, and nothing else.
    ///
    /// @throws JacksonException if the document is not that
    public static <T> T read(String document, Class<T> type) {
        return MAPPER.readValue(document, type);
    }

    /// Why [#read] failed, in a few words without those of the parser, which name classes.
    public static String reason(RuntimeException failure) {
        if (!(failure instanceof JacksonException json)) {
            return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        }
        var at = json.getLocation();
        String where = at == null || at.getLineNr() < 1
                ? ""
                : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
        return where
                + (json instanceof StreamReadException
                        ? "it is cut short or no JSON"
                        : "a key is missing or has another kind of value");
    }

    private static JsonMapper mapper() {
        var numbers = new SimpleModule("numbers")
                .addSerializer(Double.class, new FiniteDouble())
                .addSerializer(double.class, new FiniteDouble())
                .addDeserializer(Double.class, new DoubleOrNull())
                .addDeserializer(double.class, new DoubleOrNull());
        var indenter = new DefaultIndenter("  ", "\n");
        return JsonMapper.builder()
                .addModule(numbers)
                .annotationIntrospector(new MayBeMissing())
                .injectableValues(new InjectableValues.Std().addValue(MayBeMissing.ABSENT, Optional.empty()))
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .defaultPrettyPrinter(
                        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter))
                .build();
    }

    /// What is left out where it is empty may be missing where it is read.
    private static final class MayBeMissing extends JacksonAnnotationIntrospector {
        static final String ABSENT = "absent";
        private static final long serialVersionUID = 1;

        @Override
        public JacksonInject.@Nullable Value findInjectableValue(MapperConfig<?> config, AnnotatedMember member) {
            var include = member.getAnnotation(JsonInclude.class);
            // Of a constructor's parameters alone: fields would be overwritten.
            return member instanceof AnnotatedParameter
                            && include != null
                            && include.value() == JsonInclude.Include.NON_ABSENT
                    ? JacksonInject.Value.construct(ABSENT, true, true)
                    : super.findInjectableValue(config, member);
        }
    }

    /// JSON has no NaN and no infinity: both are written as null.
    private static final class FiniteDouble extends StdSerializer<Double> {
        FiniteDouble() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            if (Double.isFinite(value)) {
                json.writeNumber(value.doubleValue());
            } else {
                json.writeNull();
            }
        }
    }

    /// The way back: null is read as NaN.
    private static final class DoubleOrNull extends StdScalarDeserializer<Double> {
        DoubleOrNull() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) {
            return json.getDoubleValue();
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }
}

package dev.superpose.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was noticed while runs were selected, as plain sentences.
///
/// @param dropped rows that were left out, by reason
/// @param notes what was done, such as a unit converted or a size derived
/// @param warnings what should be looked at, each with what to do
public record Findings(List<Dropped> dropped, List<String> notes, List<String> warnings) {
    public Findings {
        dropped = List.copyOf(dropped);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /// Rows left out for one reason.
    ///
    /// @param reason such as `loss is missing`
    /// @param places of the rows, such as `line 12`
    public record Dropped(String reason, List<String> places) {
        public Dropped {
            places = List.copyOf(places);
        }
    }

    /// How many rows were left out.
    public int droppedRows() {
        return dropped.stream().mapToInt(reason -> reason.places().size()).sum();
    }

    /// Up to six places in words: `line 3, line 9 and 5 more`.
    static String places(List<String> places) {
        int shown = places.size() <= 6 ? places.size() : 5;
        String text = String.join(", ", places.subList(0, shown));
        return shown == places.size() ? text : "%s and %d more".formatted(text, places.size() - shown);
    }

    /// Findings while they are made; not for several threads.
    static final class Journal {
        private final Map<String, List<String>> dropped = new LinkedHashMap<>();
        private final List<String> notes = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        void drop(String reason, String place) {
            dropped.computeIfAbsent(reason, _ -> new ArrayList<>()).add(place);
        }

        void note(String sentence) {
            notes.add(sentence);
        }

        void warn(String sentence) {
            warnings.add(sentence);
        }

        Findings findings() {
            return new Findings(
                    dropped.entrySet().stream()
                            .map(reason -> new Dropped(reason.getKey(), reason.getValue()))
                            .toList(),
                    notes,
                    warnings);
        }
    }
}

package quantumbtc.bench;

import java.util.Arrays;
import java.util.List;

/** The ways of filling btc_trades that are compared. */
enum Contender {
    /** What a script does. */
    A("a", "one INSERT…SELECT, on the server"),
    /** What two processors can do at best. */
    A2("a2", "the same by key ranges, two sessions"),
    /** This program, the five indexes kept up while loading. */
    B1("b1", "quantum-btc, indexes kept"),
    /** This program, the five indexes built after the load. */
    B2("b2", "quantum-btc, indexes after the load"),
    /** What a small program does. */
    C("c", "JDBC batches of 1,000, one thread"),
    /** What a batch framework does, restartable. */
    D("d", "Spring Batch, chunks of 1,000"),
    /** The same on two threads. */
    D2("d2", "Spring Batch, two partitions");

    private final String letter;
    private final String title;

    Contender(String letter, String title) {
        this.letter = letter;
        this.title = title;
    }

    String letter() {
        return letter;
    }

    String title() {
        return title;
    }

    boolean isQuantum() {
        return this == B1 || this == B2;
    }

    /** @param letters such as a, b2; one without its number means all of them */
    static List<Contender> of(List<String> letters) {
        for (String letter : letters) {
            if (Arrays.stream(values()).noneMatch(contender -> contender.letter.startsWith(letter))) {
                throw new IllegalArgumentException("no such way: " + letter + "; there are a, a2, b1, b2, c, d, d2");
            }
        }
        return Arrays.stream(values())
                .filter(contender -> letters.stream().anyMatch(contender.letter::startsWith)).toList();
    }
}

package quantumbtc.monitoring;

/**
 * Something that was looked for. Not there and cannot be read are two things.
 *
 * @param value null when it is not there, or cannot be read
 * @param cause why it cannot be read; null when it could be
 */
public record Fact<T>(T value, String cause) {

    public static <T> Fact<T> of(T value) {
        return new Fact<>(value, null);
    }

    public static <T> Fact<T> absent() {
        return new Fact<>(null, null);
    }

    public static <T> Fact<T> unknown(String cause) {
        return new Fact<>(null, cause);
    }

    public boolean isUnknown() {
        return cause != null;
    }

    public boolean isAbsent() {
        return cause == null && value == null;
    }
}

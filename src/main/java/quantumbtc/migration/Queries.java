package quantumbtc.migration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads what a caller asks for out of a map of values, and times out of rows. A wrong value is the caller's fault. */
final class Queries {

    private Queries() {
    }

    /**
     * @return null when absent
     * @throws IllegalArgumentException when it is no UUID
     */
    static UUID uuid(Map<String, Object> query, String name) {
        Object value = query == null ? null : query.get(name);
        return value == null || value.toString().isBlank() ? null : uuid(name, value.toString());
    }

    /** @return null when absent */
    static UUID[] uuids(Map<String, Object> query, String name) {
        Object value = query == null ? null : query.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException(name + " must be a list of ids");
        }
        return list.stream().map(each -> uuid(name, String.valueOf(each))).toArray(UUID[]::new);
    }

    private static UUID uuid(String name, String value) {
        // The library's parser also takes short forms such as 1-1-1-1-1.
        if (value.length() != 36) {
            throw new IllegalArgumentException(name + " is not an id");
        }
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is not an id", e);
        }
    }

    /** @return null when absent or blank */
    static String text(Map<String, Object> query, String name) {
        Object value = query == null ? null : query.get(name);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    /** @throws IllegalArgumentException when it is no whole number from least to most */
    static long number(Map<String, Object> query, String name, long otherwise, long least, long most) {
        String value = text(query, name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw new IllegalArgumentException(name + " must be a whole number from " + least + " to " + most);
    }

    /** @return null when the column is NULL */
    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}

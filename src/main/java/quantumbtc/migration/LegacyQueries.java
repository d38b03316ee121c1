package quantumbtc.migration;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Statements that contain the names of the legacy table as it was found. COPY takes no parameters, so values are quoted. */
record LegacyQueries(LegacyTable table, List<String> symbols) {

    /** @param condition further SQL on {@code t}, or empty; begins with AND */
    String copy(KeyRange range, String condition) {
        String columns = Arrays.stream(LegacyColumn.values()).map(column -> "t." + table.read(column)).collect(Collectors.joining(", "));
        return "COPY (SELECT " + columns + " FROM " + table.quoted() + " t WHERE " + range.contains("t." + id())
                + " AND " + isBitcoin() + condition + ") TO STDOUT (FORMAT binary)";
    }

    /** Users of a range's rows that are not in {@code users}. */
    Set<UUID> unknownUsers(Handle handle, KeyRange range) {
        String user = "t." + table.quoted(LegacyColumn.USER_ID);
        return new HashSet<>(handle.createQuery("SELECT DISTINCT " + user + " FROM " + table.quoted() + " t WHERE "
                        + range.contains("t." + id()) + " AND " + isBitcoin() + " AND " + user + " IS NOT NULL"
                        + " AND NOT EXISTS (SELECT 1 FROM public.users u WHERE u.id = " + user + ")")
                .mapTo(UUID.class).list());
    }

    /** Ids of a range that are in btc_trades. */
    Set<UUID> takenIds(Handle handle, KeyRange range) {
        return new HashSet<>(handle.createQuery("SELECT id FROM public.btc_trades WHERE " + range.contains("id")).mapTo(UUID.class).list());
    }

    String id() {
        return table.quoted(LegacyColumn.ID);
    }

    private String isBitcoin() {
        String words = symbols.stream().map(symbol -> "'" + symbol.replace("'", "''") + "'").collect(Collectors.joining(", "));
        return table.isBitcoin().replace(":symbols", "ARRAY[" + words + "]::text[]");
    }
}

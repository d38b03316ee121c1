package quantumbtc.migration;

import static quantumbtc.migration.LegacyTable.quote;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/**
 * The statements that keep the archive table equal to the legacy table. Rows are compared by their text, which tells
 * 1.0 from 1.00 and works for types that have no equality, such as json.
 */
final class ArchiveTable {

    static final String NAME = "quantum_ops.atge_trade_signals_archive";

    private final LegacyTable legacy;
    private final String id;

    ArchiveTable(LegacyTable legacy) {
        this.legacy = legacy;
        this.id = legacy.quoted(LegacyColumn.ID);
    }

    String source() {
        return legacy.toString();
    }

    /**
     * Makes the table, or adds the columns that the legacy table has got since. A column that the legacy table lost stays.
     *
     * @throws Refused when a column's type changed
     */
    void prepare(Handle handle) {
        Map<String, String> wanted = types(handle, legacy.quoted());
        Map<String, String> present = types(handle, NAME);
        if (present.isEmpty()) {
            Sql.run(handle, "CREATE TABLE " + NAME + " (" + wanted.entrySet().stream()
                    .map(column -> quote(column.getKey()) + " " + column.getValue()).collect(Collectors.joining(", "))
                    + ", PRIMARY KEY (" + id + "))");
            Sql.run(handle, "COMMENT ON TABLE " + NAME + " IS 'Full copy of the legacy ATGE table, made by quantum-btc archive'");
        }
        wanted.forEach((name, type) -> {
            if (!present.isEmpty() && !present.containsKey(name)) {
                Sql.run(handle, "ALTER TABLE " + NAME + " ADD COLUMN " + quote(name) + " " + type);
            } else if (!present.isEmpty() && !present.get(name).equals(type)) {
                throw new Refused("column " + name + " of " + legacy + " is " + type + ", but " + present.get(name) + " in " + NAME
                        + ". Rename the archive table to keep it, then repeat. Nothing was changed.");
            }
        });
    }

    private static Map<String, String> types(Handle handle, String table) {
        Map<String, String> types = new LinkedHashMap<>();
        handle.createQuery(Sql.of("migration/list-column-types")).bind("table", table)
                .map((row, context) -> types.put(row.getString("name"), row.getString("type"))).list();
        return types;
    }

    /** The last id of the chunk after an id; empty when the legacy table's remaining rows fit into one chunk. */
    Optional<UUID> endOfChunk(Handle handle, Optional<UUID> after, int rows) {
        return between(handle.createQuery("SELECT " + id + " FROM " + legacy.quoted() + " l WHERE " + range("l", after, Optional.empty())
                + " ORDER BY " + id + " OFFSET " + (rows - 1) + " LIMIT 1"), after, Optional.empty()).mapTo(UUID.class).findOne();
    }

    /** @return how many rows were written, and how many removed */
    long[] copyChunk(Handle handle, Optional<UUID> after, Optional<UUID> upTo) {
        long removed = between(handle.createUpdate("DELETE FROM " + NAME + " a WHERE " + range("a", after, upTo)
                + " AND NOT EXISTS (SELECT 1 FROM " + legacy.quoted() + " l WHERE l." + id + " = a." + id + ")"), after, upTo).execute();
        String names = legacy.types().keySet().stream().map(LegacyTable::quote).collect(Collectors.joining(", "));
        String excluded = legacy.types().keySet().stream().map(name -> "excluded." + quote(name)).collect(Collectors.joining(", "));
        long written = between(handle.createUpdate("INSERT INTO " + NAME + " AS a (" + names + ") SELECT " + names + " FROM " + legacy.quoted()
                + " l WHERE " + range("l", after, upTo) + " ON CONFLICT (" + id + ") DO UPDATE SET (" + names + ") = ROW (" + excluded
                + ") WHERE " + row("a") + " IS DISTINCT FROM " + row("excluded")), after, upTo).execute();
        return new long[] {written, removed};
    }

    /** Counts and hash sums of both sides: one statement, so one snapshot. */
    Map<String, Object> sums(Handle handle) {
        Sql.run(handle, "SET LOCAL statement_timeout = 0");
        return handle.createQuery("SELECT * FROM (SELECT count(*) AS source_rows, " + hash("l") + " AS source_hash FROM " + legacy.quoted()
                + " l) s, (SELECT count(*) AS archive_rows, " + hash("a") + " AS archive_hash FROM " + NAME + " a) t").mapToMap().one();
    }

    /** Some of the ids whose rows are not equal. */
    List<UUID> differing(Handle handle) {
        return handle.createQuery("SELECT coalesce(l." + id + ", a." + id + ") FROM " + legacy.quoted() + " l FULL JOIN " + NAME
                + " a ON a." + id + " = l." + id + " WHERE " + row("l") + " IS DISTINCT FROM " + row("a") + " LIMIT 10").mapTo(UUID.class).list();
    }

    private String hash(String alias) {
        return "coalesce(sum(hashtextextended(" + row(alias) + ", 0)::numeric), 0)";
    }

    private String row(String alias) {
        return legacy.types().keySet().stream().map(name -> alias + "." + quote(name)).collect(Collectors.joining(", ", "ROW (", ")::text"));
    }

    private String range(String alias, Optional<UUID> after, Optional<UUID> upTo) {
        return (after.isPresent() ? alias + "." + id + " > :after" : "true") + (upTo.isPresent() ? " AND " + alias + "." + id + " <= :upTo" : "");
    }

    private static <S extends SqlStatement<S>> S between(S statement, Optional<UUID> after, Optional<UUID> upTo) {
        after.ifPresent(value -> statement.bind("after", value));
        upTo.ifPresent(value -> statement.bind("upTo", value));
        return statement;
    }
}

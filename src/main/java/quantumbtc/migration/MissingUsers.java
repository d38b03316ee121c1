package quantumbtc.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;
import quantumbtc.migration.ArchiveManifest.ArchivedColumn;
import quantumbtc.migration.ArchiveManifest.ArchivedTable;

/** Finds archived trades whose user was deleted since; they could not be brought back, so nothing is. */
final class MissingUsers {

    private static final int MOST_NAMED = 20;

    private MissingUsers() {
    }

    /** @throws Refused when there are any; the message names users and trades */
    static void refuse(Handle handle, ArchiveReader archive) {
        ArchivedTable trades = archive.manifest().tables().stream()
                .filter(table -> table.schema().equals("public") && table.name().equals("btc_trades")).findFirst().orElse(null);
        if (trades == null) {
            return;
        }
        Set<UUID> users = new HashSet<>();
        read(archive, trades, (trade, user) -> users.add(user));
        Set<UUID> gone = new HashSet<>(handle.createQuery(Sql.of("migration/find-missing-users"))
                .bindArray("users", UUID.class, List.copyOf(users)).mapTo(UUID.class).list());
        if (gone.isEmpty()) {
            return;
        }
        List<String> named = new ArrayList<>();
        long[] count = new long[1];
        read(archive, trades, (trade, user) -> {
            if (gone.contains(user) && count[0]++ < MOST_NAMED) {
                named.add(trade + " of user " + user);
            }
        });
        throw new Refused("the users of " + count[0] + " archived trades are gone: trade " + String.join(", trade ", named)
                + (count[0] > MOST_NAMED ? " and " + (count[0] - MOST_NAMED) + " more" : "")
                + ". Bring the users back, then repeat. Nothing was changed.");
    }

    /** A row of COPY's text format is a line: line ends within values are escaped, and an id needs no escape. */
    private static void read(ArchiveReader archive, ArchivedTable trades, BiConsumer<UUID, UUID> tradeAndUser) {
        List<String> columns = trades.columns().stream().map(ArchivedColumn::name).toList();
        int trade = columns.indexOf("id");
        int user = columns.indexOf("user_id");
        int fields = Math.max(trade, user) + 2;
        try (BufferedReader rows = new BufferedReader(new InputStreamReader(archive.open(trades), StandardCharsets.UTF_8))) {
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] values = row.split("\t", fields);
                tradeAndUser.accept(UUID.fromString(values[trade]), UUID.fromString(values[user]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("archive " + archive.file() + " cannot be read: " + e.getMessage(), e);
        }
    }
}

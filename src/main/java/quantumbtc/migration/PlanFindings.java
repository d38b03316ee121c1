package quantumbtc.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import quantumbtc.migration.PlanReport.Estimate;
import quantumbtc.migration.PlanReport.RejectionCount;
import quantumbtc.migration.PlanReport.Rows;
import quantumbtc.migration.PlanReport.StatusCount;
import quantumbtc.migration.PlanReport.SymbolCount;
import quantumbtc.migration.PlanReport.TargetState;
import quantumbtc.migration.PlanReport.TimeframeCount;
import quantumbtc.migration.PlanReport.Wait;

/** Turns facts into sentences: what makes a migration impossible, and what an operator should know before it. */
final class PlanFindings {

    private static final int OLDEST_SERVER = 140_000;

    private final List<String> blockers = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    List<String> blockers() {
        return List.copyOf(blockers);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void server(ServerFacts server, boolean pooler) {
        block(server.versionNumber() < OLDEST_SERVER, "the server is PostgreSQL " + server.version() + "; 14 or newer is needed");
        block(server.replica(), "the server is a standby and takes no writes; use the primary's address");
        block(server.readOnly() && !server.replica(), "default_transaction_read_only is on for role " + server.role());
        block(!server.createOnPublic(), "role " + server.role() + " may not create tables in schema public: GRANT CREATE ON SCHEMA public TO "
                + server.role());
        warn(pooler, "DATABASE_URL leads to a transaction pooler; use the session port (5432) for the migration, because a copy and the "
                + "wait for a lock need one server session");
        warn(!"UTF8".equals(server.encoding()), "the database's encoding is " + server.encoding() + ", so lengths of texts are judged in it and not in UTF-8");
    }

    void target(PlanTarget target, ServerFacts server) {
        target.strangers().forEach(name -> blockers.add(name + " exists and was not made by quantum-btc; rename it or drop it"));
        target.missing().forEach(name -> blockers.add(name + " is gone though the schema has it at version " + target.target().version()
                + "; restore it, or roll the migration back and start anew"));
        target.notOwned().forEach(name -> blockers.add(name + " does not belong to role " + server.role()));
        block(target.target().state() != TargetState.OURS && !server.createOnDatabase(), "role " + server.role()
                + " may not create a schema: GRANT CREATE ON DATABASE " + LegacyTable.quote(server.database()) + " TO " + server.role());
    }

    void users(Optional<TableFacts> users) {
        if (users.isEmpty()) {
            blockers.add("public.users does not exist, and every trade must belong to one of its rows");
            return;
        }
        TableFacts table = users.get();
        block(!table.isTable(), "public.users is not a table, so no trade can refer to it");
        block(table.isTable() && !("uuid".equals(table.idType()) && table.idUnique()),
                "public.users needs a column id of type uuid with a unique index; it has " + (table.idType() == null ? "none" : "id " + table.idType()));
        block(!table.maySelect(), "public.users may not be read: GRANT SELECT ON public.users");
        block(!table.mayReference(), "public.users may not be referred to: GRANT REFERENCES ON public.users");
        block(table.maySelect() && table.rowsHidden(), "row level security hides rows of public.users from us: migrate as its owner " + table.owner()
                + " or as a role with BYPASSRLS");
    }

    void noSource(String why, Optional<TableFacts> inItsPlace) {
        blockers.add(why);
        inItsPlace.ifPresent(table -> {
            block(!table.isTable(), "what has the legacy table's name is " + switch (table.kind()) {
                case "v" -> "a view";
                case "m" -> "a materialised view";
                default -> "a foreign table";
            } + "; set migration.source-table to the table with the rows");
            block(table.isTable() && !table.maySelect(), "the legacy table belongs to " + table.owner() + " and may not be read: GRANT SELECT, TRIGGER");
        });
    }

    void legacy(LegacyTable legacy, TableFacts table) {
        block(!table.maySelect(), legacy + " may not be read: GRANT SELECT ON " + legacy.quoted());
        block(!table.mayTrigger(), "no trigger may be made on " + legacy + ", so changes could not be followed: GRANT TRIGGER ON " + legacy.quoted());
        warn(table.mayTrigger() && !table.owned(), legacy + " belongs to " + table.owner() + ", and only its owner may drop the sync's triggers again: a rollback needs GRANT "
                + LegacyTable.quote(String.valueOf(table.owner())) + " to our role, or migrate with migration.sync=off");
        block(table.maySelect() && table.rowsHidden(), "row level security hides rows of " + legacy + " from us: migrate as its owner "
                + table.owner() + " or as a role with BYPASSRLS");
    }

    void waits(List<Wait> waits) {
        for (Wait wait : waits) {
            String who = (wait.pid() == null ? "" : "session " + wait.pid() + " of ") + wait.role() + " (" + wait.application() + ", " + wait.state() + ")";
            warnings.add(who + " has been in a transaction" + (wait.seconds() == null ? "" : " for " + wait.seconds() + " s")
                    + (wait.locks() == null ? "; it holds back clean-up" : " and holds " + wait.locks() + "; changes of the tables will wait for it"));
        }
    }

    void rows(Rows rows) {
        long rejected = rows.rejections().stream().mapToLong(RejectionCount::rows).sum();
        long withoutId = rows.rejections().stream().flatMap(count -> count.first().stream()).filter(row -> row.id() == null).count();
        block(withoutId > 0, "candidates without an id can be neither migrated nor quarantined; give them one");
        warn(rejected > 0, rejected + " rows would be quarantined: " + rows.rejections().stream()
                .map(count -> count.rows() + " " + count.reason()).collect(Collectors.joining(", ")));
        warn(rows.overdue() > 0, rows.overdue() + " active rows are past their time; the first validation after Quantum serves their users closes them");
        words("symbols look like Bitcoin but are not in migration.bitcoin-symbols",
                rows.symbols().stream().filter(SymbolCount::looksBitcoin).map(SymbolCount::word).toList());
        words("symbols count as Bitcoin after case and white space are evened out",
                rows.symbols().stream().filter(SymbolCount::normalised).map(SymbolCount::word).toList());
        words("status words are unknown and become ACTIVE",
                rows.statuses().stream().filter(status -> !status.known()).map(StatusCount::word).toList());
        words("timeframes are none of 1h, 4h, 1d, 1w and are kept as they are",
                rows.timeframes().stream().filter(frame -> !frame.usual()).map(TimeframeCount::word).toList());
    }

    void estimate(Estimate estimate) {
        block(estimate.freeBytes() != null && estimate.freeBytes() < estimate.bytes(), "the migration needs about "
                + (estimate.bytes() >> 20) + " MB, and the server's disk has " + (estimate.freeBytes() == null ? 0 : estimate.freeBytes() >> 20) + " MB left");
    }

    private void words(String what, List<String> words) {
        warn(!words.isEmpty(), what + ": " + words.stream().map(word -> word == null ? "NULL" : "\"" + word + "\"").collect(Collectors.joining(", ")));
    }

    private void block(boolean condition, String sentence) {
        if (condition) {
            blockers.add(sentence);
        }
    }

    private void warn(boolean condition, String sentence) {
        if (condition) {
            warnings.add(sentence);
        }
    }
}

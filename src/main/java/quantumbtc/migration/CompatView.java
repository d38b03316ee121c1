package quantumbtc.migration;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.LockRetry;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/**
 * Makes the view under which queries written for the legacy table go on working: every legacy column under its legacy
 * name, in legacy words, for migrated and native trades alike. A migrated trade reads exactly as in the legacy table
 * until Quantum judges it; then its status is the legacy word for the judgement.
 */
public final class CompatView {

    static final String NAME = "public.atge_trade_signals_compat";

    /** By this the view is known as ours: another view of that name is never replaced or dropped. */
    private static final String MARK = "quantum-btc: btc_trades under the names and words of the legacy table";

    private static final String NOT_REPLACEABLE_BY_OTHER_COLUMNS = "42P16";
    private static final String OTHERS_DEPEND = "2BP01";
    private static final int HAS_SECURITY_INVOKER = 150_000;

    private final Database database;
    private final LockRetry locks;
    private final String sourceTable;

    /** @param sourceTable the legacy table's name as the settings give it */
    public CompatView(Database database, LockRetry locks, String sourceTable) {
        this.database = database;
        this.locks = locks;
        this.sourceTable = sourceTable;
    }

    /**
     * Makes the view, or makes it again in the legacy table's present shape. Safe to repeat.
     *
     * @throws Refused when a view or table of that name is not ours, when other objects depend on a view whose columns
     *                 have to change, or when a lock was not free; the view is then as it was
     */
    public void create() {
        locks.run("view " + NAME, "The view is as it was.", () -> {
            database.jdbi().useTransaction(this::create);
            return null;
        });
    }

    /** As {@link #create()}, in the caller's transaction. */
    public void create(Handle handle) {
        locks.limit(handle);
        refuseForeign(handle);
        boolean invoker = serverVersion(handle) >= HAS_SECURITY_INVOKER;
        Optional<LegacyTable> legacy = LegacyTable.findIfPresent(handle, sourceTable);
        String body = (invoker ? " WITH (security_invoker = true)" : "") + " AS " + CompatColumns.select(legacy);
        handle.savepoint("compat_view");
        try {
            Sql.run(handle, "CREATE OR REPLACE VIEW " + NAME + body);
        } catch (IllegalStateException e) {
            if (!NOT_REPLACEABLE_BY_OTHER_COLUMNS.equals(Sql.state(e))) {
                throw e;
            }
            handle.rollbackToSavepoint("compat_view");
            drop(handle);
            Sql.run(handle, "CREATE VIEW " + NAME + body);
        }
        Sql.run(handle, "COMMENT ON VIEW " + NAME + " IS '" + MARK + "'");
        handle.execute(Sql.of("migration/grant-compat-view").replace("${grant}", Boolean.toString(invoker)));
    }

    /** True when the view is there and was made by us. */
    static boolean isOurs(Handle handle) {
        return MARK.equals(handle.createQuery("SELECT obj_description(to_regclass(:view), 'pg_class')")
                .bind("view", NAME).mapTo(String.class).findOne().orElse(null));
    }

    private static void refuseForeign(Handle handle) {
        boolean taken = handle.createQuery("SELECT to_regclass(:view) IS NOT NULL").bind("view", NAME).mapTo(Boolean.class).one();
        if (taken && !isOurs(handle)) {
            throw new Refused(NAME + " exists and was not made by quantum-btc, so it is not replaced. Rename or drop it, "
                    + "then repeat. Nothing was changed.");
        }
    }

    private static void drop(Handle handle) {
        try {
            Sql.run(handle, "DROP VIEW " + NAME);
        } catch (IllegalStateException e) {
            if (OTHERS_DEPEND.equals(Sql.state(e))) {
                throw new Refused("the legacy table's columns changed, and " + NAME + " cannot follow: " + Sql.detailed(e)
                        + " The view is as it was.", e);
            }
            throw e;
        }
    }

    private static int serverVersion(Handle handle) {
        return handle.createQuery("SELECT current_setting('server_version_num')::int").mapTo(Integer.class).one();
    }
}

package quantumbtc.migration;

import java.nio.file.Path;
import java.time.Clock;
import quantumbtc.db.Database;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.LockRetry;

/** A rollback in a process of its own, to be killed. */
final class RollbackProcess {

    private RollbackProcess() {
    }

    public static void main(String[] arguments) {
        try (Database database = new Database(DatabaseUrl.parse(arguments[0]), 4)) {
            new Rollback(database, new LockRetry(60_000, 1), Clock.systemUTC(), Path.of(arguments[1]), Migrated.SOURCE, 15).run("ROLLBACK");
        }
    }
}

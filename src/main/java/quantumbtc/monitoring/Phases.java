package quantumbtc.monitoring;

import java.nio.file.Path;
import quantumbtc.db.Database;
import quantumbtc.migration.NameSwap;
import quantumbtc.migration.Sync;
import quantumbtc.rollout.LegacyEndpoints;
import quantumbtc.rollout.Rollout;

/** Tells where a deployment stands on its way from ATGE to Quantum BTC, what is next, and what blocks it. Writes nothing. */
public final class Phases {

    private final PhaseReader reader;

    /**
     * @param sourceTable   the legacy table's name as the settings give it
     * @param dataDirectory where backups and the archives of rollbacks are
     * @param leaseSeconds  a run that was heard of within this time is alive
     */
    public Phases(Database database, Sync sync, Rollout rollout, LegacyEndpoints endpoints, NameSwap names, String sourceTable, Path dataDirectory, int leaseSeconds) {
        reader = new PhaseReader(database, sync, rollout, endpoints, names, sourceTable, dataDirectory, leaseSeconds);
    }

    public PhaseOverview overview() {
        return PhaseRules.judge(reader.read());
    }
}

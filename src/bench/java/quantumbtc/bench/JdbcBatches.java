package quantumbtc.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import quantumbtc.db.Sql;

/** The plain loop: a cursor, batches of 1,000 that the driver folds into many-row statements, a commit a batch, one thread. */
final class JdbcBatches {

    private static final int BATCH = 1_000;

    private JdbcBatches() {
    }

    /** @param source connections with reWriteBatchedInserts on */
    static void copy(DataSource source) throws SQLException {
        try (Connection reading = source.getConnection(); Connection writing = source.getConnection()) {
            reading.setAutoCommit(false);
            writing.setAutoCommit(false);
            try (PreparedStatement select = reading.prepareStatement(Sql.of("bench/read-candidates"));
                 PreparedStatement insert = writing.prepareStatement(Sql.of("bench/insert-trade"))) {
                select.setFetchSize(BATCH);
                int waiting = 0;
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        LegacyRow row = LegacyRow.read(rows);
                        if (row.isMigratable()) {
                            row.bind(insert);
                            insert.addBatch();
                            waiting++;
                        }
                        if (waiting == BATCH) {
                            insert.executeBatch();
                            writing.commit();
                            waiting = 0;
                        }
                    }
                }
                insert.executeBatch();
                writing.commit();
                reading.commit();
            }
        }
    }
}

package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.Legacy;

/** A run that is cancelled breaks off its COPYs; the sessions go back to the pool and serve others. */
class CopyGivenUpTest {

    /** Gives up after the first buffer. */
    private static final CopyStream.Pace CANCELLED = new CopyStream.Pace() {
        @Override
        public boolean abandoned() {
            return true;
        }
    };

    @Test
    void both_sessions_answer_the_next_questions_and_not_the_ones_before() throws SQLException {
        try (Legacy legacy = Legacy.with(20_000); Connection reader = legacy.test().database().dataSource().getConnection();
             Connection writer = legacy.test().database().dataSource().getConnection()) {
            legacy.test().schema().apply();
            LegacyTable table = LegacyTable.find(Jdbi.open(reader), "atge_trade_signals");
            String query = new LegacyQueries(table, List.of("BTC")).copy(KeyRange.EVERYTHING, "");
            for (int time = 1; time <= 3; time++) {
                ChunkCopier.begin(reader);
                ChunkCopier.begin(writer);
                CopyStream stream = new CopyStream(1_000_000, CANCELLED);
                assertThatThrownBy(() -> stream.stream(reader, query, writer, "public.btc_trades", Set.of(), Set.of()))
                        .isInstanceOf(CopyStream.GivenUp.class);
                assertThat(stream.copied()).as("it was in the middle").isPositive().isLessThan(20_000);
                for (Connection session : Set.of(reader, writer)) {
                    session.rollback();
                    session.setAutoCommit(true);
                    for (int number = 1; number <= 5; number++) {
                        assertThat(ask(session, "SELECT " + number)).isEqualTo(number);
                    }
                    assertThat(ask(session, "SELECT count(*) FROM btc_trades")).isZero();
                }
            }
        }
    }

    private static long ask(Connection session, String question) throws SQLException {
        try (Statement statement = session.createStatement(); ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getLong(1);
        }
    }
}

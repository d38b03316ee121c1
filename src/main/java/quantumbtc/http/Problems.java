package quantumbtc.http;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.camel.ExchangeTimedOutException;
import quantumbtc.db.Refused;

/**
 * Which exception is answered with which status. The table is read for the exception first and then for its causes;
 * what it does not name is a fault of ours, 500, of which the caller learns nothing.
 */
public final class Problems {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(1);
    /** Undefined table, and undefined schema. */
    static final Set<String> TABLE_MISSING = Set.of("42P01", "3F000");

    private final Map<Class<? extends Throwable>, Function<Throwable, Problem>> table = new LinkedHashMap<>();

    public Problems() {
        answer(Problem.class, problem -> problem);
        answer(Refused.class, refused -> Problem.of(409, refused.getMessage()));
        answer(SQLTransientConnectionException.class, busy -> noDatabase());
        answer(SQLException.class, Problems::ofState);
        answer(TimeoutException.class, late -> tooLate());
        answer(ExchangeTimedOutException.class, late -> tooLate());
        answer(java.net.SocketTimeoutException.class, late -> tooLate());
        answer(java.net.http.HttpTimeoutException.class, late -> tooLate());
    }

    /** One more row: a package below this one throws its own exception and does not know HTTP. */
    public <T extends Throwable> Problems answer(Class<T> exception, Function<T, Problem> problem) {
        table.put(exception, error -> problem.apply(exception.cast(error)));
        return this;
    }

    /** Never null; status 500 when the exception is not in the table. */
    public Problem of(Throwable error) {
        int depth = 0;
        for (Throwable cause = error; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            Problem problem = row(cause);
            if (problem != null) {
                return problem;
            }
        }
        return Problem.of(500, "Internal server error.");
    }

    private Problem row(Throwable cause) {
        return table.entrySet().stream().filter(row -> row.getKey().isInstance(cause))
                .map(row -> row.getValue().apply(cause)).filter(java.util.Objects::nonNull).findFirst().orElse(null);
    }

    /** By the classes of PostgreSQL's error codes; null for a statement that is at fault itself. */
    private static Problem ofState(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        if (state.equals("57014")) {
            return tooLate();
        }
        if (TABLE_MISSING.contains(state)) {
            return Problem.unavailable("The Quantum tables are not there: the migration has not begun, or was rolled back.", LATER);
        }
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P") ? noDatabase() : null;
    }

    private static Problem noDatabase() {
        return Problem.unavailable("The database does not answer. Nothing was changed; try again.", SOON);
    }

    private static Problem tooLate() {
        return Problem.of(504, "The answer did not come in time.");
    }
}

package quantumbtc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import quantumbtc.db.Database;
import quantumbtc.migration.Rejection.Reason;

/**
 * Streams legacy rows out of one session, through the mapping, into another: binary COPY on both sides, so that only
 * a buffer's worth of rows is in memory and the two server processes work side by side.
 */
final class CopyStream {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Pace pace;
    private final IntConsumer counter;
    private final LegacyTradeMapper mapper;
    private final TradeRows out = new TradeRows();
    private final List<Rejected> rejected = new ArrayList<>();
    private long copied;

    /** A row that was not copied. */
    record Rejected(UUID id, Reason reason, String detail) {
    }

    /** The run was cancelled or taken over while rows were under way; nothing of them was committed. */
    static final class GivenUp extends RuntimeException {
    }

    /** How fast rows may flow, and whether they still shall. As it stands: a few rows, which nobody waits for. */
    interface Pace {

        Pace UNHURRIED = new Pace() { };

        /** Waits until the next buffer may be read. What it answers goes to {@link #end}. */
        default boolean begin() throws InterruptedException {
            return false;
        }

        default void end(boolean begun, int rows, long nanos) throws InterruptedException {
            // Nothing was begun.
        }

        /** True when the work shall be given up. */
        default boolean abandoned() {
            return false;
        }
    }

    /** Counts the rows that it reads as progress of the run. */
    CopyStream(ActiveRun run) {
        this(run.settings().maxTextBytes(), run, run::progressed);
    }

    /** @param maxTextBytes longest text that is carried over, UTF-8 bytes */
    CopyStream(int maxTextBytes, Pace pace) {
        this(maxTextBytes, pace, rows -> { });
    }

    private CopyStream(int maxTextBytes, Pace pace, IntConsumer counter) {
        this.pace = pace;
        this.counter = counter;
        this.mapper = new LegacyTradeMapper(maxTextBytes);
    }

    List<Rejected> rejected() {
        return rejected;
    }

    long copied() {
        return copied;
    }

    /**
     * @param query        a COPY … TO STDOUT (FORMAT binary) of the columns of {@link LegacyColumn}, in their order
     * @param target       table that takes {@link TradeRows#COLUMNS}
     * @param unknownUsers users that are not in {@code users}; empty when not looked for
     * @param takenIds     ids that are in btc_trades already; empty when not looked for
     * @throws GivenUp when the run ends meanwhile; both COPYs are cancelled
     */
    void stream(Connection reader, String query, Connection writer, String target, Set<UUID> unknownUsers, Set<UUID> takenIds)
            throws SQLException, InterruptedException {
        CopyOut from = Database.postgres(reader).getCopyAPI().copyOut(query);
        CopyIn to = null;
        try {
            to = Database.postgres(writer).getCopyAPI().copyIn("COPY " + target + " (" + TradeRows.COLUMNS + ") FROM STDIN (FORMAT binary)");
            byte[] header = TradeRows.header();
            to.writeToCopy(header, 0, header.length);
            LegacyRows rows = new LegacyRows(from);
            while (slice(rows, to, unknownUsers, takenIds)) {
                if (pace.abandoned()) {
                    throw new GivenUp();
                }
            }
            byte[] trailer = TradeRows.trailer();
            to.writeToCopy(trailer, 0, trailer.length);
            to.endCopy();
        } finally {
            drain(from);
            cancel(to);
        }
    }

    /** One buffer of rows; false after the last. */
    private boolean slice(LegacyRows rows, CopyIn to, Set<UUID> unknownUsers, Set<UUID> takenIds) throws SQLException, InterruptedException {
        boolean alone = pace.begin();
        long began = System.nanoTime();
        int read = 0;
        LegacyRow row = null;
        try {
            out.clear();
            while (out.length() < BUFFER_BYTES && read < BUFFER_BYTES && (row = rows.next()) != null) {
                read++;
                Rejection rejection = mapper.map(row, out, unknownUsers, takenIds);
                if (rejection == null) {
                    copied++;
                } else {
                    reject(row, rejection);
                }
            }
            to.writeToCopy(out.bytes(), 0, out.length());
            counter.accept(read);
        } finally {
            pace.end(alone, read, System.nanoTime() - began);
        }
        return row != null;
    }

    private void reject(LegacyRow row, Rejection rejection) {
        rejected.add(new Rejected(row.uuid(LegacyColumn.ID), rejection.reason(), rejection.detail()));
    }

    /**
     * Reads what is left of a COPY that is given up. The driver's own cancelling leaves it in the session, whose next statement
     * would take it for its own answer, and the one after that the answer of the one before.
     */
    private static void drain(CopyOut from) {
        try {
            while (from.isActive() && from.readFromCopy() != null) {
                // Nobody wants it.
                continue;
            }
        } catch (SQLException e) {
            // The error that led here is the one to be told; this one ends the COPY, or the session.
            return;
        }
    }

    private static void cancel(CopyIn to) {
        try {
            if (to != null && to.isActive()) {
                to.cancelCopy();
            }
        } catch (SQLException e) {
            // The error that led here is the one to be told; a session that cannot even cancel is closed by the pool.
            return;
        }
    }
}

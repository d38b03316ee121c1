package quantumbtc.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import quantumbtc.migration.Plan;

/** Writes every row that a migration would put into quarantine to a CSV file, however many there are. */
final class RejectedRowsFile {

    private RejectedRowsFile() {
    }

    /** @throws UncheckedIOException when the file cannot be written; what was written before stays */
    static void write(Plan plan, Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,reason,column\n");
            plan.eachRejected(row -> {
                try {
                    out.write((row.id() == null ? "" : row.id()) + "," + row.reason() + "," + row.column() + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException("the list of rows cannot be written to " + file, e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the list of rows cannot be written to " + file, e);
        }
    }
}

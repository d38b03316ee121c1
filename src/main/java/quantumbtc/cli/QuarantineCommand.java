package quantumbtc.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quantumbtc.migration.Quarantine;

/** {@code quantum-btc migrate quarantine}: rows that could not be carried over. */
@Command(name = "quarantine", mixinStandardHelpOptions = true, description = "Shows, retries or accepts rows that could not be carried over.")
final class QuarantineCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say one of: list, retry, accept.");
    }

    @Command(description = "Lists them with their reasons.", mixinStandardHelpOptions = true)
    int list(@Mixin Output output, @Option(names = "--reason", paramLabel = "WORD", description = "Rows with this reason, such as INFINITE.") String reason,
             @Option(names = "--after", description = "Id of the last row seen.") UUID after,
             @Option(names = "--limit", description = "1 to 1,000; default ${DEFAULT-VALUE}.", defaultValue = "100") int limit) {
        Map<String, Object> query = new HashMap<>();
        query.put("reason", reason);
        query.put("after", after);
        query.put("limit", limit);
        output.print(Output.ask("migration-quarantine-list", query, Quarantine.Page.class), QuarantineCommand::text);
        return QuantumBtc.DONE;
    }

    @Command(description = "Tries them again, after a repair in the legacy table.", mixinStandardHelpOptions = true)
    int retry(@Mixin Output output, @Option(names = "--reason", paramLabel = "WORD", description = "Rows with this reason, such as INFINITE.") String reason,
              @Parameters(arity = "0..*", paramLabel = "ID", description = "Rows by their legacy id.") List<UUID> ids) {
        Quarantine.Retried retried = Output.ask("migration-quarantine-retry", query(reason, ids), Quarantine.Retried.class);
        output.print(retried, answer -> answer.tried() + " rows tried, " + answer.migrated() + " migrated, "
                + answer.stillQuarantined() + " still in quarantine");
        return retried.stillQuarantined() == 0 ? QuantumBtc.DONE : QuantumBtc.FAILED;
    }

    @Command(description = "Takes note that they are not carried over.", mixinStandardHelpOptions = true)
    int accept(@Mixin Output output, @Option(names = "--reason", paramLabel = "WORD", description = "Rows with this reason, such as INFINITE.") String reason,
               @Option(names = "--why", required = true, description = "Why they may stay behind; kept with each row.") String why,
               @Option(names = "--who", description = "Who says so; default: the system's user.") String who,
               @Parameters(arity = "0..*", paramLabel = "ID", description = "Rows by their legacy id.") List<UUID> ids) {
        Map<String, Object> query = query(reason, ids);
        query.put("why", why);
        query.put("who", who);
        output.print(Output.ask("migration-quarantine-accept", query, Quarantine.Accepted.class), answer -> answer.rows() + " rows accepted");
        return QuantumBtc.DONE;
    }

    private static Map<String, Object> query(String reason, List<UUID> ids) {
        Map<String, Object> query = new HashMap<>();
        query.put("reason", reason);
        query.put("ids", ids == null || ids.isEmpty() ? null : ids);
        return query;
    }

    private static String text(Quarantine.Page page) {
        Table counts = new Table("reason", "rows", "open");
        page.counts().forEach(count -> counts.row(count.reason(), count.rows(), count.open()));
        Table rows = new Table("id", "reason", "state", "detail");
        page.rows().forEach(row -> rows.row(row.legacyId(), row.reason(), row.state(), row.detail()));
        return page.counts().isEmpty() ? "The quarantine is empty." : counts + "\n" + rows;
    }
}

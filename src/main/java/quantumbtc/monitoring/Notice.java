package quantumbtc.monitoring;

import java.time.Instant;
import java.util.Locale;

/**
 * Something to be told to one endpoint.
 *
 * @param id       of its row; null for one that is kept in memory because the database is away
 * @param endpoint hash of the endpoint's URI
 * @param kind     FIRED, RESOLVED or MAINTENANCE
 * @param rule     the rule's word, or {@code maintenance}
 * @param subject  empty when the rule has none
 * @param attempts this one included
 */
public record Notice(Long id, String endpoint, String kind, String level, String rule, String subject, String message,
                     Instant happenedAt, int attempts) {

    /** One line: for logs, subjects of mails and chats. */
    public String text() {
        String about = rule + (subject.isEmpty() ? "" : " (" + subject + ")");
        return switch (kind) {
            case "FIRED" -> level + " " + about + ": " + message;
            case "RESOLVED" -> "RESOLVED " + about + ": " + message;
            default -> kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT) + ": " + message;
        };
    }
}

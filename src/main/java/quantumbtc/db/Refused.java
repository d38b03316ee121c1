package quantumbtc.db;

/**
 * The program declines to act because acting would be unsafe; nothing was changed by the refused step.
 * The message names the subject, the cause and what the user can do. Command line: exit code 3.
 */
public class Refused extends RuntimeException {

    public Refused(String message) {
        super(message);
    }

    public Refused(String message, Throwable cause) {
        super(message, cause);
    }
}

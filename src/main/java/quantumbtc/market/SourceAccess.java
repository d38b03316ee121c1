package quantumbtc.market;

import java.net.URI;
import java.time.Duration;

/**
 * How a source is reached.
 *
 * @param url     scheme, host and port, without a path
 * @param key     null when none is set
 * @param timeout longest wait for one answer
 * @param cache   how long an answer is given again; zero: never
 */
public record SourceAccess(URI url, String key, Duration timeout, Duration cache) {

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return "SourceAccess[" + url + ", key " + (key == null ? "absent" : "set") + ", " + timeout + ", " + cache + "]";
    }
}

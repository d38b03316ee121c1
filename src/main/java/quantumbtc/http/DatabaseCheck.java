package quantumbtc.http;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Not ready while the database does not answer; still alive, so nobody restarts us for it. */
public final class DatabaseCheck extends AbstractHealthCheck {

    private final Health health;

    public DatabaseCheck(Health health) {
        super("quantum-btc", "database");
        this.health = health;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        health.databaseMillis().ifPresentOrElse(millis -> builder.up(), () -> builder.message("The database does not answer").down());
    }
}

package quantumbtc.http;

/** Who may call an endpoint. */
public enum Access {
    /** Everybody. */
    OPEN,
    /** A caller with a valid token. */
    USER,
    /** A caller whose token has the role admin. */
    ADMIN,
    /** Whoever has the cron secret. */
    CRON
}

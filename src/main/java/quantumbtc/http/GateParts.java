package quantumbtc.http;

/** What every gate works with. */
public record GateParts(AccessTable access, Authorization authorization, RateLimits limits, Problems problems, Json json,
                        LegacyDoor legacy, Traffic traffic) {

    ErrorAnswer errorAnswer() {
        return new ErrorAnswer(json);
    }
}

package quantumbtc.monitoring;

/**
 * What one rule says of one subject now. A rule that cannot tell gives no finding, which neither fires nor resolves.
 *
 * @param subject what it looked at when it looks at several; else empty
 * @param message what was seen, with its numbers
 */
record Finding(AlertRule rule, String subject, boolean holds, String message) {

    static Finding of(AlertRule rule, boolean holds, String message) {
        return new Finding(rule, "", holds, message);
    }

    String key() {
        return rule.word() + '\n' + subject;
    }
}

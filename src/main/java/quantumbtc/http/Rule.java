package quantumbtc.http;

/**
 * Who may call one method of one path.
 *
 * @param method   such as GET
 * @param template such as {@code /api/quantum/migrations/{runId}}; a last {@code /**} stands for everything below
 */
public record Rule(String method, String template, Access access) {

    /** The template as an endpoint names itself, without the wildcard. */
    String endpoint() {
        return plain(template);
    }

    /** True when a request for this path is meant, whatever its method. */
    boolean covers(String path) {
        String[] wanted = plain(template).split("/", -1);
        String[] given = plain(path).split("/", -1);
        boolean fits = template.endsWith("/**") ? given.length >= wanted.length : given.length == wanted.length;
        for (int i = 0; fits && i < wanted.length; i++) {
            fits = wanted[i].startsWith("{") ? !given[i].isEmpty() : wanted[i].equals(given[i]);
        }
        return fits;
    }

    /** Without a last slash or wildcard, which the router does not tell apart either. */
    static String plain(String path) {
        int end = path.length();
        while (end > 1 && (path.charAt(end - 1) == '/' || path.charAt(end - 1) == '*')) {
            end--;
        }
        return path.startsWith("/") ? path.substring(0, end) : "/" + path.substring(0, end);
    }
}

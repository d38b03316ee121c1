package quantumbtc.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.Sql;

/**
 * The peer of the endpoints: Vert.x, HikariCP and JDBC, with the statements that the program asks and nothing else: no
 * token, no limits, no routes, no records; a row is a map. Prints its port and serves until its input ends.
 */
final class BareServer {

    /** The line before the port. */
    static final String MARK = "bare server on port ";

    private static final List<String> DETAILS = List.of("trade/find-own", "monitoring/list-snapshots",
            "monitoring/list-trade-anomalies", "monitoring/read-progress");
    private static final List<String> DASHBOARD = List.of("monitoring/sum-own", "monitoring/list-own-recent-trades");

    private final HikariDataSource pool;
    private final JsonMapper json = JsonMapper.builder().build();

    private BareServer(DatabaseUrl url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setMaximumPoolSize(12);
        pool = new HikariDataSource(config);
    }

    public static void main(String[] arguments) throws Exception {
        BareServer bare = new BareServer(DatabaseUrl.parse(arguments[0]));
        Vertx vertx = Vertx.vertx();
        int port = vertx.createHttpServer().requestHandler(request -> vertx.executeBlocking(bare.answer(request), false)
                        .onSuccess(body -> request.response().putHeader("Content-Type", "application/json").end(body))
                        .onFailure(error -> request.response().setStatusCode(500).end(String.valueOf(error.getMessage()))))
                .listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get().actualPort();
        System.out.println(MARK + port);
        System.out.flush();
        while (System.in.read() >= 0) {
            // Until the benchmark closes it.
        }
        System.exit(0);
    }

    private Callable<String> answer(HttpServerRequest request) {
        UUID user = UUID.fromString(request.getParam("user"));
        String id = request.getParam("id");
        return () -> json.writeValueAsString(id == null ? all(DASHBOARD, user, null) : all(DETAILS, user, UUID.fromString(id)));
    }

    private Map<String, Object> all(List<String> statements, UUID user, UUID id) throws SQLException {
        Map<String, Object> answer = new LinkedHashMap<>();
        try (Connection connection = pool.getConnection()) {
            for (String statement : statements) {
                answer.put(statement, rows(connection, Sql.of(statement), user, id));
            }
        }
        return answer;
    }

    /** The files' named parameters are :user and :id alone. */
    private static List<Map<String, Object>> rows(Connection connection, String sql, UUID user, UUID id) throws SQLException {
        List<UUID> values = new ArrayList<>();
        StringBuilder positional = new StringBuilder();
        Matcher names = Pattern.compile("(?<!:):(user|id)\\b").matcher(sql);
        while (names.find()) {
            values.add(names.group(1).equals("id") ? id : user);
            names.appendReplacement(positional, "?");
        }
        names.appendTail(positional);
        try (PreparedStatement statement = connection.prepareStatement(positional.toString())) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                List<Map<String, Object>> rows = new ArrayList<>();
                while (result.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        Object value = result.getObject(column);
                        boolean plain = value == null || value instanceof Number || value instanceof Boolean;
                        row.put(result.getMetaData().getColumnLabel(column), plain ? value : value.toString());
                    }
                    rows.add(row);
                }
                return rows;
            }
        }
    }
}

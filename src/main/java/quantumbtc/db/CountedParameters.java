package quantumbtc.db;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A data source for routes. The JDBC component asks every statement how many parameters it has, and the driver
 * answers by a round trip that also defeats its prepared-statement cache; this one counts the question marks itself.
 */
public final class CountedParameters {

    private CountedParameters() {
    }

    /** The same connections, with parameter counts answered without a round trip. */
    public static DataSource around(DataSource source) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(source, method, arguments);
            return result instanceof Connection connection ? counting(connection) : result;
        });
    }

    private static Connection counting(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            boolean prepares = method.getName().equals("prepareStatement");
            return prepares ? counting((PreparedStatement) result, count((String) arguments[0])) : result;
        });
    }

    private static PreparedStatement counting(PreparedStatement statement, int count) {
        ParameterMetaData metaData = proxy(ParameterMetaData.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getParameterCount")) {
                return count;
            }
            return call(statement.getParameterMetaData(), method, arguments);
        });
        return proxy(PreparedStatement.class, (proxy, method, arguments) ->
                method.getName().equals("getParameterMetaData") ? metaData : call(statement, method, arguments));
    }

    /** Question marks outside of quotes and comments. */
    static int count(String sql) {
        int count = 0;
        char quote = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '-' && sql.startsWith("--", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end;
            } else if (c == '?') {
                count++;
            }
        }
        return count;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } catch (IllegalAccessException e) {
            throw new SQLException("the driver's method " + method.getName() + " is not accessible", e);
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package quantumbtc;

import io.github.cdimascio.dotenv.Dotenv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import quantumbtc.db.Refused;

/**
 * Every setting by name. First hit wins: system property, environment (upper case, {@code .} and {@code -} become
 * {@code _}), the file {@code .env.local}, the file {@code application.properties}, the one in the jar.
 * A setting whose value is empty counts as absent.
 */
public final class Settings {

    private final Properties values;

    private Settings(Properties values) {
        this.values = values;
    }

    /**
     * @param folder      where application.properties and .env.local are looked for
     * @param environment the process's environment
     */
    public static Settings load(Path folder, Map<String, String> environment) {
        Properties values = packaged();
        Path file = folder.resolve("application.properties");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                values.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("settings file " + file + " cannot be read", e);
            }
        }
        Dotenv local = Dotenv.configure().directory(folder.toString()).filename(".env.local")
                .ignoreIfMissing().ignoreIfMalformed().load();
        for (String name : values.stringPropertyNames()) {
            String key = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            String fromFile = local.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE).stream()
                    .filter(entry -> entry.getKey().equals(key)).map(entry -> entry.getValue()).findFirst().orElse(null);
            String value = first(System.getProperty(name), environment.get(key), fromFile);
            if (value != null) {
                values.setProperty(name, value);
            }
        }
        return new Settings(values);
    }

    /** The defaults with a few of them changed; for tests and for the demo. */
    public Settings with(Map<String, String> changes) {
        Properties copy = new Properties();
        copy.putAll(values);
        copy.putAll(changes);
        return new Settings(copy);
    }

    /** The defaults alone. */
    public static Settings defaults() {
        return new Settings(packaged());
    }

    private static Properties packaged() {
        Properties values = new Properties();
        try (InputStream in = Settings.class.getResourceAsStream("/application.properties")) {
            if (in == null) {
                throw new IllegalStateException("application.properties is missing from the jar");
            }
            values.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("application.properties in the jar cannot be read", e);
        }
        return values;
    }

    private static String first(String... candidates) {
        return Arrays.stream(candidates).filter(value -> value != null && !value.isBlank()).findFirst().orElse(null);
    }

    /** Empty when the setting is absent or blank. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.getProperty(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /**
     * @throws Refused when the setting is absent
     */
    public String text(String name) {
        return find(name).orElseThrow(() -> new Refused("setting " + name + " is empty; see application.properties. Nothing was changed."));
    }

    /**
     * @throws Refused when the value is no whole number from least to most
     */
    public int number(String name, int least, int most) {
        String value = text(name);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw new Refused("setting " + name + " is " + value + "; it must be a whole number from " + least + " to " + most
                + ". Nothing was changed.");
    }

    /**
     * @throws Refused when the value is no number from least to most
     */
    public double decimal(String name, double least, double most) {
        String value = text(name);
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw new Refused("setting " + name + " is " + value + "; it must be a number from " + least + " to " + most
                + ". Nothing was changed.");
    }

    /**
     * One of the words of an enum, written in lower case with hyphens.
     *
     * @throws Refused when it is none of them
     */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        String value = text(name);
        return Arrays.stream(type.getEnumConstants())
                .filter(word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(value))
                .findFirst()
                .orElseThrow(() -> new Refused("setting " + name + " is " + value + "; it must be one of "
                        + Arrays.stream(type.getEnumConstants()).map(word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-')).toList()
                        + ". Nothing was changed."));
    }

    /**
     * @throws Refused when the value is neither true nor false
     */
    public boolean flag(String name) {
        return choice(name, Flag.class) == Flag.TRUE;
    }

    private enum Flag { TRUE, FALSE }

    /** Comma-separated values without surrounding white space; empty when absent. */
    public List<String> list(String name) {
        return find(name).stream().flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::trim).filter(value -> !value.isEmpty()).toList();
    }

    /** A copy for Camel's placeholders. */
    public Properties asProperties() {
        Properties copy = new Properties();
        copy.putAll(values);
        return copy;
    }
}

package quantumbtc.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import quantumbtc.trade.Direction;

/**
 * Makes legacy signals one after the other, oldest first, the same ones for the same seed and time. Entries are real
 * Bitcoin prices of 2013, and a finished signal ended as those prices went on; only its dates are moved to the present.
 * Signals become denser towards the present, as the number of users grows.
 */
final class SignalMaker {

    /** Columns in the order in which {@link #next} gives their values. */
    static final List<String> COLUMNS = List.of("id", "user_id", "symbol", "status", "entry_price", "tp1_price", "tp2_price",
            "tp3_price", "stop_loss_price", "stop_loss_percentage", "timeframe", "timeframe_hours", "confidence_score",
            "risk_reward_ratio", "market_condition", "ai_reasoning", "ai_model_version", "generated_at", "expires_at",
            "created_at", "updated_at");

    private static final Duration SPAN = Duration.ofDays(180);
    private static final String[] BITCOIN = {"BTC", "BTC", "BTC", "BTC", "BTC", "BTC", "BTC", "btc", "BTC ", "BTCUSD"};
    private static final String[] CONDITIONS = {"trending", "ranging", "volatile"};
    private static final BigDecimal ETH_PER_BTC = new BigDecimal("0.05");

    private enum Horizon {
        QUARTER("15m", 0, 15), HOUR("1h", 1, 60), FOUR_HOURS("4h", 4, 240), DAY("1d", 24, 1_440), WEEK("1w", 168, 10_080);

        private final String label;
        private final int hours;
        private final int minutes;

        Horizon(String label, int hours, int minutes) {
            this.label = label;
            this.hours = hours;
            this.minutes = minutes;
        }
    }

    /** @param minute minutes after the start */
    private record Ending(String status, int minute) {
    }

    private static final Horizon[] HORIZONS = {Horizon.QUARTER, Horizon.HOUR, Horizon.HOUR, Horizon.HOUR, Horizon.FOUR_HOURS,
            Horizon.FOUR_HOURS, Horizon.FOUR_HOURS, Horizon.DAY, Horizon.DAY, Horizon.WEEK};

    private final PriceHistory prices;
    private final SplittableRandom random;
    private final Instant now;
    private final int rows;
    private final List<UUID> users;

    SignalMaker(PriceHistory prices, SplittableRandom random, Instant now, int rows, List<UUID> users) {
        this.prices = prices;
        this.random = random;
        this.now = now;
        this.rows = rows;
        this.users = users;
    }

    /** A random UUID of version 4 that the seed decides. */
    static UUID uuid(SplittableRandom random) {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE);
    }

    /**
     * @param row     0 is the oldest
     * @param bitcoin false for an Ethereum signal, which no migration of Bitcoin trades may touch
     * @return values as PostgreSQL reads them, null for NULL
     */
    String[] next(int row, boolean bitcoin) {
        Horizon horizon = HORIZONS[random.nextInt(HORIZONS.length)];
        Direction direction = random.nextInt(3) < 2 ? Direction.LONG : Direction.SHORT;
        int start = random.nextInt(prices.size());
        int entry = prices.at(start).close();
        // Wider for longer trades, as volatility grows with the root of time.
        double width = entry * 0.006 * Math.sqrt(horizon.minutes / 60.0) * (0.5 + random.nextDouble());
        int side = direction == Direction.LONG ? 1 : -1;
        int[] levels = {entry, level(entry, side * width), level(entry, side * width * 1.8), level(entry, side * width * 2.8),
                level(entry, -side * width * 0.8)};
        double age = Math.pow(1 - (row + random.nextDouble()) / rows, 3);
        Instant generated = now.minusMillis((long) (SPAN.toMillis() * age));
        Instant expires = generated.plus(Duration.ofMinutes(horizon.minutes));
        int lived = (int) Math.min(horizon.minutes, Duration.between(generated, now).toMinutes());
        Ending ending = ending(start, lived, lived == horizon.minutes, direction, levels[1], levels[4]);
        Instant updated = ending.status.equals("active") ? generated : generated.plus(Duration.ofMinutes(ending.minute));

        BigDecimal[] usd = new BigDecimal[levels.length];
        for (int i = 0; i < levels.length; i++) {
            BigDecimal price = BigDecimal.valueOf(levels[i], 2);
            usd[i] = bitcoin ? price : price.multiply(ETH_PER_BTC);
        }
        BigDecimal risk = usd[0].subtract(usd[4]).abs();
        String reasoning = random.nextInt(100) == 0 ? null : Reasoning.about(usd[0], usd[1], usd[4], random);
        return new String[] {uuid(random).toString(), users.get(random.nextInt(users.size())).toString(),
                bitcoin ? BITCOIN[random.nextInt(BITCOIN.length)] : "ETH", ending.status,
                usd[0].toString(), usd[1].toString(), usd[2].toString(), usd[3].toString(), usd[4].toString(),
                risk.multiply(BigDecimal.valueOf(100)).divide(usd[0], 2, RoundingMode.HALF_UP).toString(),
                horizon.label, Integer.toString(horizon.hours), Integer.toString(50 + random.nextInt(46)),
                usd[1].subtract(usd[0]).abs().divide(risk.max(BigDecimal.ONE.movePointLeft(2)), 2, RoundingMode.HALF_UP).toString(),
                CONDITIONS[random.nextInt(CONDITIONS.length)], reasoning, "gpt-4o",
                generated.toString(), expires.toString(), generated.plusMillis(random.nextInt(2_000)).toString(), updated.toString()};
    }

    private static int level(int entry, double distance) {
        return Math.max(1, entry + (int) Math.round(distance));
    }

    /** Most ended as the prices say; some were cancelled, lacked data, or were never looked at again after their time. */
    private Ending ending(int start, int lived, boolean over, Direction direction, int target, int stop) {
        int chance = random.nextInt(100);
        if (chance < 1) {
            return new Ending("cancelled", lived);
        }
        if (over && chance < 8) {
            return new Ending(chance < 4 ? "incomplete_data" : "active", lived);
        }
        for (int minute = 1; minute <= lived; minute++) {
            PriceHistory.Minute bar = prices.at(start + minute);
            if (direction == Direction.LONG ? bar.low() <= stop : bar.high() >= stop) {
                return new Ending("completed_failure", minute);
            }
            if (direction == Direction.LONG ? bar.high() >= target : bar.low() <= target) {
                return new Ending("completed_success", minute);
            }
        }
        return new Ending(over ? "expired" : "active", lived);
    }
}

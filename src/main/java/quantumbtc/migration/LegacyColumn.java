package quantumbtc.migration;

import java.util.List;
import java.util.Set;

/** A column that the mapping reads, under the names that ATGE's table shapes give it. */
public enum LegacyColumn {
    ID(Kind.UUID, "id"),
    USER_ID(Kind.UUID, "user_id"),
    SYMBOL(Kind.TEXT, "symbol"),
    STATUS(Kind.TEXT, "status"),
    ENTRY_PRICE(Kind.NUMBER, "entry_price"),
    TP1_PRICE(Kind.NUMBER, "tp1_price", "take_profit_1"),
    TP2_PRICE(Kind.NUMBER, "tp2_price", "take_profit_2"),
    TP3_PRICE(Kind.NUMBER, "tp3_price", "take_profit_3"),
    STOP_LOSS_PRICE(Kind.NUMBER, "stop_loss_price", "stop_loss"),
    STOP_LOSS_PERCENTAGE(Kind.NUMBER, "stop_loss_percentage"),
    TIMEFRAME(Kind.TEXT, "timeframe"),
    TIMEFRAME_HOURS(Kind.NUMBER, "timeframe_hours"),
    CONFIDENCE_SCORE(Kind.NUMBER, "confidence_score"),
    AI_REASONING(Kind.TEXT, "ai_reasoning"),
    GENERATED_AT(Kind.TIME, "generated_at"),
    EXPIRES_AT(Kind.TIME, "expires_at"),
    CREATED_AT(Kind.TIME, "created_at"),
    UPDATED_AT(Kind.TIME, "updated_at");

    /** What a column holds, the type it is read as, and the column types that can be read so without failing. */
    public enum Kind {
        UUID("uuid", Set.of("uuid")),
        TEXT("text", Set.of("text", "character varying", "character")),
        NUMBER("numeric", Set.of("numeric", "smallint", "integer", "bigint", "real", "double precision")),
        TIME("timestamptz", Set.of("timestamp with time zone", "timestamp without time zone"));

        private final String readAs;
        private final Set<String> types;

        Kind(String readAs, Set<String> types) {
            this.readAs = readAs;
            this.types = types;
        }

        public String readAs() {
            return readAs;
        }

        public Set<String> types() {
            return types;
        }
    }

    private final Kind kind;
    private final List<String> names;

    LegacyColumn(Kind kind, String... names) {
        this.kind = kind;
        this.names = List.of(names);
    }

    public Kind kind() {
        return kind;
    }

    /** First the usual name, then the other table shape's. */
    public List<String> names() {
        return names;
    }
}

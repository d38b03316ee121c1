package quantumbtc.testing;

import quantumbtc.db.Database;

/** The legacy tables as a live ATGE deployment has them, its shared trigger function included. */
public final class LegacySchema {

    private LegacySchema() {
    }

    public static void create(Database database) {
        create(database, "atge_trade_signals");
    }

    /** @param table name of the legacy table; its foreign key to users is left out, so that orphans can be made */
    public static void create(Database database, String table) {
        database.jdbi().useHandle(handle -> handle.createScript(("""
                CREATE TABLE users (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    email varchar(255) NOT NULL UNIQUE,
                    created_at timestamptz NOT NULL DEFAULT now(),
                    updated_at timestamptz NOT NULL DEFAULT now());
                CREATE TABLE ${table} (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    user_id uuid,
                    symbol varchar(10),
                    status varchar(50) DEFAULT 'active',
                    entry_price numeric,
                    tp1_price numeric, tp1_allocation numeric(5, 2) DEFAULT 40,
                    tp2_price numeric, tp2_allocation numeric(5, 2) DEFAULT 30,
                    tp3_price numeric, tp3_allocation numeric(5, 2) DEFAULT 30,
                    stop_loss_price numeric,
                    stop_loss_percentage numeric,
                    timeframe varchar(20),
                    timeframe_hours integer,
                    confidence_score integer,
                    risk_reward_ratio numeric(10, 2),
                    market_condition varchar(50),
                    ai_reasoning text,
                    ai_model_version varchar(50),
                    generated_at timestamptz,
                    expires_at timestamptz,
                    created_at timestamptz DEFAULT now(),
                    updated_at timestamptz DEFAULT now());
                """).replace("${table}", table)).execute());
        // Not in the script: the splitter would cut the function's body.
        database.jdbi().useHandle(handle -> {
            handle.execute("CREATE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS "
                    + "$$ BEGIN NEW.updated_at = now(); RETURN NEW; END $$");
            handle.execute("CREATE TRIGGER update_users BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION update_updated_at_column()");
            handle.execute("CREATE TRIGGER update_signals BEFORE UPDATE ON " + table
                    + " FOR EACH ROW EXECUTE FUNCTION update_updated_at_column()");
        });
    }
}

-- Columns of the six tables that are not exactly as the design has them: gone, added, of another type or nullability.
WITH wanted (place, columns) AS (VALUES
    ('btc_trades', 'id uuid!, user_id uuid!, symbol character varying(10)!, entry_min numeric(20,8)!, entry_max numeric(20,8)!, entry_optimal numeric(20,8)!, tp1_price numeric(20,8)!, tp1_allocation integer!, tp2_price numeric(20,8)!, tp2_allocation integer!, tp3_price numeric(20,8)!, tp3_allocation integer!, stop_loss_price numeric(20,8)!, max_loss_percent numeric(5,2)!, timeframe character varying(10), timeframe_hours integer, confidence_score integer, quantum_reasoning text!, mathematical_justification text!, wave_pattern_collapse character varying(50)!, data_quality_score integer, cross_api_proof jsonb!, historical_triggers jsonb!, status character varying(50)!, generated_at timestamp with time zone!, expires_at timestamp with time zone!, last_validated_at timestamp with time zone, created_at timestamp with time zone!, updated_at timestamp with time zone!'),
    ('btc_hourly_snapshots', 'trade_id uuid!, snapshot_at timestamp with time zone!, price numeric(20,8), volume_24h numeric(30,2), market_cap numeric(30,2), mempool_size integer, whale_transactions integer, difficulty numeric(30,2), sentiment_score integer, social_dominance numeric(5,2), deviation_from_prediction numeric(10,4), phase_shift_detected boolean, data_quality_score integer, created_at timestamp with time zone!'),
    ('quantum_anomaly_logs', 'id uuid!, anomaly_type character varying(100)!, severity character varying(20)!, description text!, affected_sources jsonb!, impact text!, system_suspended boolean!, suspension_duration_minutes integer, resolution_action text, trade_id uuid, market_conditions jsonb, detected_at timestamp with time zone!, resolved_at timestamp with time zone, created_at timestamp with time zone!'),
    ('prediction_accuracy_database', 'id uuid!, total_trades integer!, trades_hit integer!, trades_not_hit integer!, trades_invalidated integer!, trades_expired integer!, overall_accuracy_rate numeric(5,2), average_confidence_winning numeric(5,2), average_confidence_losing numeric(5,2), average_deviation_score numeric(10,4), accuracy_1h numeric(5,2), accuracy_4h numeric(5,2), accuracy_1d numeric(5,2), accuracy_1w numeric(5,2), average_data_quality numeric(5,2), api_reliability_cmc numeric(5,2), api_reliability_coingecko numeric(5,2), api_reliability_kraken numeric(5,2), api_reliability_blockchain numeric(5,2), api_reliability_lunarcrush numeric(5,2), total_anomalies integer!, fatal_anomalies integer!, system_suspensions integer!, period_start timestamp with time zone!, period_end timestamp with time zone!, created_at timestamp with time zone!, updated_at timestamp with time zone!'),
    ('api_latency_reliability_logs', 'id bigint!, api_name character varying(50)!, endpoint character varying(255)!, http_method character varying(10)!, response_time_ms integer, status_code integer, success boolean!, error_message text, error_type character varying(50), retry_count integer!, response_size_bytes integer, user_id uuid, trade_id uuid, called_at timestamp with time zone!, created_at timestamp with time zone!'),
    ('quantum_migration_log', 'id bigint!, migration_name character varying(100)!, migration_version character varying(50)!, run_id uuid, step character varying(100)!, records_migrated bigint, records_quarantined bigint, migration_status character varying(50)!, error_message text, details jsonb!, started_at timestamp with time zone!, completed_at timestamp with time zone, created_at timestamp with time zone!')
), expected AS (
    SELECT place, split_part(entry, ' ', 1) AS name, regexp_replace(entry, '^\S+ ', '') AS type
    FROM wanted, regexp_split_to_table(columns, ', (?=[a-z])') AS entry
), actual AS (
    SELECT c.relname::text AS place, a.attname::text AS name,
           format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN '!' ELSE '' END AS type
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relname IN (SELECT w.place FROM wanted w) AND c.relkind IN ('r', 'p')
      AND a.attnum > 0 AND NOT a.attisdropped
)
SELECT place, string_agg(name || ' ' || CASE
           WHEN actual.type IS NULL THEN 'is missing'
           WHEN expected.type IS NULL THEN 'was added'
           ELSE 'is ' || replace(actual.type, '!', ' not null') || ', expected ' || replace(expected.type, '!', ' not null')
       END, '; ' ORDER BY name) FILTER (WHERE actual.type IS DISTINCT FROM expected.type) AS faults
FROM expected FULL JOIN actual USING (place, name)
GROUP BY place ORDER BY place

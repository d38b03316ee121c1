-- A change of a legacy row whose trade is here changes the trade in the same transaction, and both versions are kept.
-- A value that a trade cannot hold is refused. The writer needs no rights here.
CREATE FUNCTION quantum_ops.quantum_write_through() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    q_marked text := coalesce(current_setting('quantum_btc.sync', true), '');
    q_trade public.btc_trades;
    q_outcome jsonb;
    q_gone boolean := TG_OP = 'DELETE';
    q_changed boolean := false;
    q_broken text;
BEGIN
    IF q_marked = 'on' THEN
        RETURN NULL;
    END IF;
    SELECT t.* INTO q_trade FROM public.btc_trades t WHERE t.id = OLD.${id} FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.${id} <> OLD.${id} THEN
            RAISE EXCEPTION 'trade %: its id cannot be changed; nothing was written', OLD.${id} USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        q_gone := NOT (SELECT ${bitcoin} FROM (SELECT NEW.*) l);
    END IF;
    PERFORM set_config('quantum_btc.sync', 'on', true);
    -- The row is in the legacy table, so nothing of it is left to carry there.
    UPDATE quantum_ops.generated_trades g SET carried_at = clock_timestamp() WHERE g.trade_id = OLD.${id} AND g.carried_at IS NULL;
    SELECT to_jsonb(o) INTO q_outcome FROM quantum_ops.trade_outcomes o WHERE o.trade_id = OLD.${id};
    IF q_gone THEN
        INSERT INTO quantum_ops.deleted_trades (trade_id, user_id, trade, outcome) VALUES (q_trade.id, q_trade.user_id, to_jsonb(q_trade), q_outcome);
        DELETE FROM public.btc_trades t WHERE t.id = OLD.${id};
        q_changed := true;
    ELSE
${checks}
        IF q_changed THEN
            DELETE FROM quantum_ops.open_trades o WHERE o.trade_id = OLD.${id};
            IF NEW.${status}::text IS DISTINCT FROM OLD.${status}::text AND (SELECT ${mappedStatus} FROM (SELECT NEW.*) l) <> q_trade.status THEN
                DELETE FROM quantum_ops.trade_outcomes o WHERE o.trade_id = OLD.${id};
                UPDATE public.btc_trades t SET last_validated_at = NULL WHERE t.id = OLD.${id};
            END IF;
        END IF;
        UPDATE public.btc_trades t SET ${assignments} FROM (SELECT NEW.*) l WHERE t.id = OLD.${id};
    END IF;
    IF q_changed THEN
        INSERT INTO quantum_ops.sync_conflicts (trade_id, user_id, kind, atge, quantum, outcome, state, resolution, resolved_by, resolved_at)
        VALUES (q_trade.id, q_trade.user_id, CASE WHEN q_gone THEN 'DELETED' ELSE 'CHANGED' END, CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) END,
                to_jsonb(q_trade), q_outcome, 'RESOLVED', 'atge', 'written under the legacy name by ' || session_user, clock_timestamp());
    END IF;
    PERFORM set_config('quantum_btc.sync', q_marked, true);
    RETURN NULL;
END $body$

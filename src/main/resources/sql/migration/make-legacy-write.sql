-- What is written to the view goes to the table behind it, with the writer's own rights: its keys, policies and triggers
-- decide. An insert is brought over by the sync, as any row of ATGE; until then the view shows it from the table.
CREATE FUNCTION quantum_ops.quantum_legacy_write() RETURNS trigger LANGUAGE plpgsql AS $body$
#variable_conflict use_column
DECLARE
    q_set text[] := '{}';
    q_differs text[] := '{}';
    q_marked text := coalesce(current_setting('quantum_btc.sync', true), '');
    q_written bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO ${table} AS l (${settable}) VALUES (${new}) RETURNING ${row} INTO NEW;
        RETURN NEW;
    END IF;
    -- A trade that only Quantum has gets its row first.
    IF NOT EXISTS (SELECT 1 FROM ${table} l WHERE l.${id} = OLD.${id}) THEN
        PERFORM set_config('quantum_btc.sync', 'on', true);
        INSERT INTO ${table} (${settable}) VALUES (${old});
        PERFORM set_config('quantum_btc.sync', q_marked, true);
    END IF;
    IF TG_OP = 'DELETE' THEN
        DELETE FROM ${table} l WHERE l.${id} = OLD.${id};
        GET DIAGNOSTICS q_written = ROW_COUNT;
        IF q_written = 0 THEN
            RETURN NULL;
        END IF;
        RETURN OLD;
    END IF;
${changes}
    IF q_set = '{}' THEN
        RETURN NEW;
    END IF;
    -- The table may still have ATGE's value where the view showed Quantum's: the change begins at what was shown.
    PERFORM set_config('quantum_btc.sync', 'on', true);
    EXECUTE ${update} || array_to_string(q_set, ', ') || ${where} || ' AND (' || array_to_string(q_differs, ' OR ') || ')' USING OLD, OLD.${id};
    PERFORM set_config('quantum_btc.sync', q_marked, true);
    EXECUTE ${update} || array_to_string(q_set, ', ') || ${where} || ${returning} INTO NEW USING NEW, OLD.${id};
    GET DIAGNOSTICS q_written = ROW_COUNT;
    IF q_written = 0 THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $body$

package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quantumbtc.testing.TestDatabase;

/** All that can be seen of a database: every object with its definition, comment, rights and settings; and rows. */
final class WholeDatabase {

    private static final String CATALOG = """
            WITH ns AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
            SELECT what FROM (
              SELECT 'schema ' || nspname || ' ' || nspowner::regrole || coalesce(nspacl::text, '') AS what FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)'
              UNION ALL SELECT concat_ws(' ', 'relation', relkind, n.nspname, relname, relowner::regrole, relacl, relrowsecurity, relforcerowsecurity, reloptions, relreplident, relpersistence)
                FROM pg_class c JOIN ns n ON n.oid = relnamespace
              UNION ALL SELECT concat_ws(' ', 'column', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attacl, attstattarget,
                pg_get_expr(d.adbin, d.adrelid)) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN ns n ON n.oid = relnamespace
                LEFT JOIN pg_attrdef d ON d.adrelid = attrelid AND d.adnum = attnum WHERE attnum > 0
              UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, convalidated, pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN ns n ON n.oid = connamespace
              UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid, indisclustered) FROM pg_index JOIN pg_class c ON c.oid = indrelid JOIN ns n ON n.oid = relnamespace
              UNION ALL SELECT concat_ws(' ', 'trigger', tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
              UNION ALL SELECT concat_ws(' ', 'internal triggers', tgrelid::regclass, count(*)) FROM pg_trigger WHERE tgisinternal GROUP BY tgrelid
              UNION ALL SELECT concat_ws(' ', 'routine', p.oid::regprocedure, proowner::regrole, proacl, proconfig, md5(pg_get_functiondef(p.oid))) FROM pg_proc p JOIN ns n ON n.oid = pronamespace WHERE prokind <> 'a'
              UNION ALL SELECT concat_ws(' ', 'view', c.oid::regclass, pg_get_viewdef(c.oid)) FROM pg_class c JOIN ns n ON n.oid = relnamespace WHERE relkind IN ('v', 'm')
              UNION ALL SELECT concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, pg_get_expr(polqual, polrelid)) FROM pg_policy
              UNION ALL SELECT concat_ws(' ', 'sequence', schemaname, sequencename, last_value, increment_by) FROM pg_sequences
              UNION ALL SELECT concat_ws(' ', 'type', t.oid::regtype, typtype) FROM pg_type t JOIN ns n ON n.oid = typnamespace
              UNION ALL SELECT concat_ws(' ', 'comment', (pg_identify_object(classoid, objoid, objsubid)).identity, description) FROM pg_description WHERE objoid >= 16384
              UNION ALL SELECT concat_ws(' ', 'extension', extname, extversion) FROM pg_extension
              UNION ALL SELECT concat_ws(' ', 'publication', pubname, prrelid::regclass) FROM pg_publication p LEFT JOIN pg_publication_rel r ON prpubid = p.oid
              UNION ALL SELECT concat_ws(' ', 'default rights', defaclrole::regrole, defaclobjtype, defaclacl) FROM pg_default_acl
              UNION ALL SELECT concat_ws(' ', 'event trigger', evtname) FROM pg_event_trigger
              UNION ALL SELECT concat_ws(' ', 'setting', setrole, setconfig) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase WHERE datname = current_database()
              UNION ALL SELECT concat_ws(' ', 'large objects', count(*)) FROM pg_largeobject_metadata
            ) AS everything ORDER BY what COLLATE "C"
            """;

    private WholeDatabase() {
    }

    static List<String> objects(TestDatabase test) {
        return test.database().jdbi().withHandle(handle -> handle.createQuery(CATALOG).mapTo(String.class).list());
    }

    /** Count and hash of the rows, in whatever order they lie. */
    static String rows(TestDatabase test, String table) {
        return test.value("SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM " + table + " t", String.class);
    }

    /** Count and hash of each of our tables. */
    static TreeMap<String, String> ownRows(TestDatabase test) {
        List<String> tables = test.database().jdbi().withHandle(handle -> handle.createQuery("SELECT schemaname || '.' || tablename FROM pg_tables "
                        + "WHERE schemaname = 'quantum_ops' OR schemaname = 'public' AND tablename ~ '^(btc|quantum|prediction|api)_'").mapTo(String.class).list());
        return tables.stream().collect(Collectors.toMap(table -> table, table -> rows(test, table), (a, b) -> a, TreeMap::new));
    }

    /** As pg_dump writes it, without the lines that differ in each dump. */
    static List<String> dumped(TestDatabase test) {
        try {
            String url = test.url();
            java.lang.Process dump = new ProcessBuilder("pg_dump", "--schema-only", "--dbname=" + url).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String text = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(dump.waitFor()).isZero();
            return text.lines().filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict")).toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("pg_dump does not run", e);
        }
    }
}

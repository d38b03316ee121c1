package quantumbtc.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JobRepositoryFactoryBean;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import quantumbtc.db.Sql;

/**
 * The batch framework: chunks of 1,000 from a cursor through a processor to a batching writer, its job repository in
 * the same database, so that a chunk and its checkpoint commit together and a stopped job can go on.
 */
final class SpringBatchJob {

    private static final int CHUNK = 1_000;
    private static final String MIDDLE = "'80000000-0000-0000-0000-000000000000'";

    private final DataSource source;
    private final JdbcTransactionManager transactions;
    private final JobRepository repository;

    /** Makes the framework's own tables. */
    SpringBatchJob(DataSource source) throws Exception {
        this.source = source;
        this.transactions = new JdbcTransactionManager(source);
        createTables(source);
        JobRepositoryFactoryBean factory = new JobRepositoryFactoryBean();
        factory.setDataSource(source);
        factory.setTransactionManager(transactions);
        factory.setTablePrefix("spring_batch.BATCH_");
        factory.afterPropertiesSet();
        this.repository = factory.getObject();
    }

    private static void createTables(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS spring_batch CASCADE; CREATE SCHEMA spring_batch; SET search_path = spring_batch");
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"));
            statement.execute("RESET search_path");
        }
    }

    /** @param partitions 1, or 2 halves of the key range side by side */
    void copy(int partitions) throws Exception {
        JobBuilder job = new JobBuilder("migrate", repository);
        TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();
        launcher.setJobRepository(repository);
        launcher.afterPropertiesSet();
        JobExecution execution = launcher.run(partitions == 1 ? job.start(step("all", "")).build() : halves(job), new JobParameters());
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new IllegalStateException("Spring Batch ended " + execution.getStatus() + ": " + execution.getAllFailureExceptions());
        }
    }

    private Job halves(JobBuilder job) {
        List<Flow> flows = new ArrayList<>();
        flows.add(new FlowBuilder<Flow>("low").start(step("low-half", " AND id < " + MIDDLE)).build());
        flows.add(new FlowBuilder<Flow>("high").start(step("high-half", " AND id >= " + MIDDLE)).build());
        Flow both = new FlowBuilder<Flow>("both").split(new SimpleAsyncTaskExecutor()).add(flows.toArray(Flow[]::new)).build();
        return job.start(both).end().build();
    }

    private Step step(String name, String bounds) {
        return new StepBuilder(name, repository).<LegacyRow, LegacyRow>chunk(CHUNK, transactions)
                .reader(new JdbcCursorItemReaderBuilder<LegacyRow>().name(name).dataSource(source).connectionAutoCommit(false)
                        .sql(Sql.of("bench/read-candidates").strip() + bounds).fetchSize(CHUNK)
                        .rowMapper((row, number) -> LegacyRow.read(row)).build())
                .processor(row -> row.isMigratable() ? row : null)
                .writer(new JdbcBatchItemWriterBuilder<LegacyRow>().dataSource(source).sql(Sql.of("bench/insert-trade"))
                        .itemPreparedStatementSetter(LegacyRow::bind).assertUpdates(false).build())
                .build();
    }
}

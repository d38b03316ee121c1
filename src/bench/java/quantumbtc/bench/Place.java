package quantumbtc.bench;

import java.io.IOException;
import quantumbtc.db.DatabaseUrl;

/** A database that an arena has for itself, and what it runs on; all of it goes when closed. */
interface Place extends AutoCloseable {

    DatabaseUrl url();

    /** Processor time that the server has used since it started, seconds; null where nobody tells. */
    Double cpuSeconds();

    @Override
    void close() throws IOException;
}

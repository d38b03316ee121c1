package quantumbtc.market;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Collects the readings of a multicast into a list. Everything else of the message stays as the caller sent it: what
 * came back from a source never becomes a header.
 */
public final class ReadingGathering implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        return aggregate(oldExchange, newExchange, newExchange);
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange, Exchange inputExchange) {
        Exchange result = oldExchange;
        if (result == null) {
            result = inputExchange.copy();
            result.getMessage().setBody(new ArrayList<Reading>());
        }
        Reading reading = newExchange.getException() == null ? newExchange.getMessage().getBody(Reading.class) : null;
        if (reading != null) {
            readings(result).add(reading);
        }
        return result;
    }

    @SuppressWarnings("unchecked")
    private static List<Reading> readings(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }
}

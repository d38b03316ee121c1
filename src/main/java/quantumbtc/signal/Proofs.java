package quantumbtc.signal;

import java.util.ArrayList;
import java.util.List;
import quantumbtc.market.ChainState;
import quantumbtc.market.MarketData;
import quantumbtc.market.Quote;
import quantumbtc.market.Sentiment;
import quantumbtc.market.Source;
import quantumbtc.trade.Proof;

/** What each source itself said; a source that did not answer is not there. */
final class Proofs {

    private Proofs() {
    }

    static List<Proof> of(MarketData market) {
        List<Proof> proofs = new ArrayList<>();
        for (Quote quote : market.quotes()) {
            proofs.add(new Proof(quote.source().label(), quote.price(), quote.time(), null, quote.replayed()));
        }
        if (market.chain() != null) {
            ChainState chain = market.chain();
            proofs.add(new Proof(Source.BLOCKCHAIN.label(), null, chain.time(), said(
                    part(chain.mempoolSize(), " unconfirmed transactions"), part(chain.whaleTransactions(), " whale transfers"),
                    part(chain.difficulty(), " difficulty")), market.replayed()));
        }
        if (market.sentiment() != null) {
            Sentiment sentiment = market.sentiment();
            proofs.add(new Proof(Source.LUNARCRUSH.label(), null, sentiment.time(), said(
                    part(sentiment.score(), " sentiment score"), part(sentiment.socialDominance(), " % social dominance")),
                    market.replayed()));
        }
        return proofs;
    }

    private static String part(Object value, String unit) {
        return value == null ? null : (value instanceof java.math.BigDecimal number ? number.toPlainString() : value) + unit;
    }

    private static String said(String... parts) {
        List<String> known = new ArrayList<>();
        for (String part : parts) {
            if (part != null) {
                known.add(part);
            }
        }
        return known.isEmpty() ? null : String.join(", ", known);
    }
}

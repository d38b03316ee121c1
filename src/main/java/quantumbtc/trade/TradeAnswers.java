package quantumbtc.trade;

import java.util.List;

/** Says trades in the words of the API. */
public final class TradeAnswers {

    /**
     * @param dataQualityScore as in the trade; null when unknown
     * @param executionTime    milliseconds that this request took
     */
    public record Generated(boolean success, TradeView trade, Integer dataQualityScore, long executionTime) {
    }

    /** @param next parameter cursor of the next page; null when this is the last */
    public record Page(boolean success, List<TradeView> trades, String next) {
    }

    /** @param trade null when the claim has the one that was made before */
    public Generated generated(Claim claim, Trade trade) {
        Trade shown = trade == null ? claim.earlier() : trade;
        return new Generated(true, TradeView.of(shown), shown.dataQuality(), claim.millis());
    }

    public Page page(TradePage page) {
        return new Page(true, page.trades().stream().map(TradeView::of).toList(), page.next() == null ? null : page.next().toString());
    }
}

package quantumbtc.trade;

import java.util.List;

/**
 * Some of a user's trades.
 *
 * @param next where the next page begins; null when this is the last
 */
public record TradePage(List<Trade> trades, TradeQuery.Cursor next) {
}

package quantumbtc.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What Blockchain.com says of the Bitcoin network. Every value may be null: that question was not answered.
 *
 * @param mempoolSize       unconfirmed transactions; 0 when the source really answered 0
 * @param whaleTransactions transfers of at least 50 BTC among the about 100 newest unconfirmed ones, change left out
 * @param difficulty        mining difficulty
 * @param hashRate          gigahashes a second
 * @param time              the source's own time of difficulty and hash rate
 */
public record ChainState(Integer mempoolSize, Integer whaleTransactions, BigDecimal difficulty, BigDecimal hashRate,
                         Instant time) {
}

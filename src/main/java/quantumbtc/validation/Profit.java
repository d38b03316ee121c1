package quantumbtc.validation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import quantumbtc.trade.Direction;

/** What a position of $1,000 earns: 0.1 % fee and 0.1 % slippage are paid on what is bought and on what is sold. */
public final class Profit {

    /** USD put into each trade. */
    public static final BigDecimal STAKE = new BigDecimal("1000");
    private static final BigDecimal COST_PER_SIDE = new BigDecimal("0.002");
    private static final int SCALE = 8;

    private Profit() {
    }

    /**
     * @param entry USD per BTC, positive
     * @param exit  USD per BTC, over all parts of the position weighted by allocation
     * @return USD after costs, to 8 decimals
     */
    public static BigDecimal of(Direction direction, BigDecimal entry, BigDecimal exit) {
        BigDecimal worthAtExit = STAKE.multiply(exit).divide(entry, SCALE + 4, RoundingMode.HALF_EVEN);
        BigDecimal gain = direction == Direction.LONG ? worthAtExit.subtract(STAKE) : STAKE.subtract(worthAtExit);
        BigDecimal costs = STAKE.add(worthAtExit).multiply(COST_PER_SIDE);
        return gain.subtract(costs).setScale(SCALE, RoundingMode.HALF_EVEN);
    }
}

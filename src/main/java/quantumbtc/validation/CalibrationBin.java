package quantumbtc.validation;

/**
 * The trades whose stated confidence lies in one tenth of the scale.
 *
 * @param from        lower end, percent; the upper end is ten more, and belongs to the next bin (100 belongs to the last)
 * @param trades      how many
 * @param stated      mean stated confidence, percent; null when there is no trade
 * @param cameTrue    part that was hit, percent; null when there is no trade
 */
public record CalibrationBin(int from, int trades, Double stated, Double cameTrue) {
}

package quantumbtc.validation;

import java.util.List;

/**
 * How good the stated confidences were as forecasts of HIT, over the trades that could be judged.
 *
 * @param trades           with a confidence, INVALIDATED ones left out
 * @param brier            mean squared difference of confidence and outcome; 0 is perfect
 * @param brierBaseRate    the same, had all stated the mean base rate instead; null when no base rate is known
 * @param brierConstant    the same, had all stated the hit rate that is known only afterwards
 * @param calibrationError mean distance of stated and true rate over the bins, weighted by their trades, percent points
 * @param bins             ten
 */
public record Score(int trades, double brier, Double brierBaseRate, double brierConstant, double calibrationError,
                    List<CalibrationBin> bins) {
}

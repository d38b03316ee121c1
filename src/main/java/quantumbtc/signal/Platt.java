package quantumbtc.signal;

import java.util.List;

/** Logistic regression of hit or miss on the logit of the bootstrap's probability, by Newton's method. */
final class Platt {

    private static final int ITERATIONS = 50;
    /** Pulls towards "change nothing" as strongly as this many trades would; keeps few or uniform trades finite. */
    private static final double PRIOR = 1;

    private Platt() {
    }

    static Calibration.Line fit(List<Calibration.Observation> observations) {
        double a = 0;
        double b = 1;
        for (int i = 0; i < ITERATIONS; i++) {
            double ga = -PRIOR * a;
            double gb = -PRIOR * (b - 1);
            double haa = PRIOR;
            double hab = 0;
            double hbb = PRIOR;
            for (Calibration.Observation one : observations) {
                double p = Math.min(0.99, Math.max(0.01, one.raw()));
                double x = Math.log(p / (1 - p));
                double q = 1 / (1 + Math.exp(-(a + b * x)));
                double rest = (one.hit() ? 1 : 0) - q;
                double weight = q * (1 - q);
                ga += rest;
                gb += rest * x;
                haa += weight;
                hab += weight * x;
                hbb += weight * x * x;
            }
            double determinant = haa * hbb - hab * hab;
            double da = (ga * hbb - gb * hab) / determinant;
            double db = (gb * haa - ga * hab) / determinant;
            a += da;
            b += db;
            if (Math.abs(da) + Math.abs(db) < 1e-10) {
                break;
            }
        }
        return new Calibration.Line(a, b, observations.size());
    }
}

package quantumbtc.signal;

import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers behind a signal, as they are stored with it. */
final class Trace {

    private Trace() {
    }

    static Map<String, Object> of(SignalInputs inputs, Analysis analysis) {
        Map<String, Object> trace = new LinkedHashMap<>();
        trace.put("candles", analysis.chart().size());
        trace.put("candleStepSeconds", analysis.chart().step().toSeconds());
        trace.put("lastCandleEnd", analysis.chart().end(analysis.last()).toString());
        trace.put("divergencePercent", inputs.purity().divergencePercent());
        trace.put("trendScore", analysis.trend().score());
        trace.put("rawProbability", analysis.chosen().odds().hit());
        trace.put("calibratedProbability", analysis.chosen().confidence());
        trace.put("expectedUsd", analysis.chosen().odds().expected());
        // Absent rather than a stand-in when the history is too short to count past entries.
        trace.put("baseRate", Double.isNaN(analysis.baseRate()) ? null : analysis.baseRate());
        trace.put("collapseScore", analysis.collapse().value());
        Indicators is = analysis.chart().indicators;
        trace.put("volatilityPerCandle", is.volatility()[analysis.last()]);
        trace.put("replayed", inputs.market().replayed());
        return trace;
    }
}

package quantumbtc.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The answer of a validation.
 *
 * @param success false when a trade could not be judged or there were no candles to judge by; what could be done is done
 * @param errors  null when there are none; at most twenty sentences
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ValidationReport(boolean success, Summary summary, List<String> errors) {
}

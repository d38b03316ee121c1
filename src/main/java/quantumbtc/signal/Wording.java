package quantumbtc.signal;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.trade.Generated;
import quantumbtc.trade.Trade;

/**
 * Lets a language model say a signal's reasoning in other words. Only words come from it: a reply with a number that was
 * not computed, or with the opposite direction, is discarded, and when it fails the computed words stay.
 */
public final class Wording {

    private static final Logger log = LoggerFactory.getLogger(Wording.class);
    private static final int LONGEST = 4_000;
    private static final String TASK = "Say the following trade signal in at most 150 plain words for its reader. Keep every number exactly "
            + "as it is written, add no number, no promise and no advice of your own.";

    private final ChatModel model;
    private final Duration timeout;

    private Wording(ChatModel model, Duration timeout) {
        this.model = model;
        this.timeout = timeout;
    }

    /** The computed words stay as they are. */
    public static Wording off() {
        return new Wording(null, Duration.ZERO);
    }

    /**
     * @param baseUrl of any endpoint that speaks the chat-completions format, such as {@code https://api.openai.com/v1}
     * @param key     may be any text for an endpoint that asks for none
     * @param timeout for the whole answer
     */
    public static Wording by(String baseUrl, String key, String model, Duration timeout) {
        return new Wording(OpenAiChatModel.builder().baseUrl(baseUrl).apiKey(key).modelName(model).timeout(timeout)
                .temperature(0.0).maxRetries(0).build(), timeout);
    }

    /** The same signal, in the model's words when they can be had and hold; never fails. */
    public Generated reword(Generated generated) {
        if (model == null) {
            return generated;
        }
        Trade trade = generated.trade();
        try {
            String words = ask(trade.reasoning());
            String fault = fault(words, trade);
            if (fault == null) {
                return generated.withReasoning(words.strip());
            }
            log.atWarn().addKeyValue("tradeId", trade.id()).log("trade {}: the model's words are discarded: {}", trade.id(), fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            log.atWarn().addKeyValue("tradeId", trade.id()).log("trade {}: no words from the model within {}; the computed ones stay", trade.id(), timeout);
        } catch (ExecutionException e) {
            log.atWarn().addKeyValue("tradeId", trade.id()).log("trade {}: no words from the model; the computed ones stay: {}", trade.id(), e.getCause().toString());
        }
        return generated;
    }

    private String ask(String reasoning) throws InterruptedException, ExecutionException, TimeoutException {
        // The client's own time limit starts anew with each byte; this one is for the whole answer.
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() ->
                model.chat(SystemMessage.from(TASK), UserMessage.from(reasoning)).aiMessage().text());
        return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String fault(String words, Trade trade) {
        if (words == null || words.isBlank() || words.length() > LONGEST) {
            return "empty, or longer than " + LONGEST + " characters";
        }
        return SaidNumbers.fault(words, trade);
    }
}

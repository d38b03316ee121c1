package quantumbtc.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import quantumbtc.market.SourceFailure.Kind;

/** Understands {@code stats}, {@code q/unconfirmedcount} and {@code unconfirmed-transactions}; each gives a part. */
final class BlockchainReader {

    private static final BigDecimal WHALE_SATOSHI = new BigDecimal(50L * 100_000_000L);

    private BlockchainReader() {
    }

    static ChainState stats(Payload payload, Ask ask) {
        JsonNode root = payload.json();
        refuseError(payload, root);
        return new ChainState(null, null,
                payload.needed(root.path("difficulty"), "difficulty", Bounds.DIFFICULTY),
                payload.number(root.path("hash_rate"), "hash_rate", Bounds.DIFFICULTY),
                payload.millis(root.path("timestamp"), "timestamp"));
    }

    /** Plain text, one number. */
    static ChainState mempool(Payload payload, Ask ask) {
        String text = payload.text();
        if (text.isEmpty()) {
            throw payload.failed(Kind.EMPTY, "the answer is empty");
        }
        if (text.startsWith("{")) {
            refuseError(payload, payload.json());
        }
        String number = text.startsWith("\"") && text.endsWith("\"") && text.length() > 2
                ? text.substring(1, text.length() - 1) : text;
        JsonNode node = com.fasterxml.jackson.databind.node.TextNode.valueOf(number);
        return new ChainState(payload.whole(node, "unconfirmedcount", Bounds.COUNT), null, null, null, null);
    }

    /** Transfers of at least 50 BTC, without what goes back to an address that paid. */
    static ChainState whales(Payload payload, Ask ask) {
        JsonNode root = payload.json();
        refuseError(payload, root);
        JsonNode transactions = root.path("txs");
        if (!transactions.isArray()) {
            throw payload.failed(Kind.MISSING_FIELD, "txs is missing");
        }
        if (transactions.isEmpty()) {
            throw payload.failed(Kind.EMPTY, "no unconfirmed transactions in the answer");
        }
        int whales = 0;
        for (JsonNode transaction : transactions) {
            whales += moved(payload, transaction).compareTo(WHALE_SATOSHI) >= 0 ? 1 : 0;
        }
        return new ChainState(null, whales, null, null, null);
    }

    private static BigDecimal moved(Payload payload, JsonNode transaction) {
        Set<String> payers = new HashSet<>();
        transaction.path("inputs").forEach(input -> payers.add(input.path("prev_out").path("addr").asText("")));
        payers.remove("");
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode output : transaction.path("out")) {
            BigDecimal value = payload.number(output.path("value"), "value", Bounds.SATOSHI);
            boolean change = payers.contains(output.path("addr").asText(""));
            sum = value == null || change ? sum : sum.add(value);
        }
        return sum;
    }

    private static void refuseError(Payload payload, JsonNode root) {
        if (root.has("error")) {
            throw payload.failed(Kind.SOURCE_ERROR, "error: " + Payload.shown(root.path("error").asText()));
        }
    }
}

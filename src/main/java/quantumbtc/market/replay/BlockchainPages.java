package quantumbtc.market.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Blockchain.com's answers. The old prices come without chain data, so these are fixed stand-ins. */
final class BlockchainPages {

    private static final long BTC = 100_000_000L;
    private static final int TRANSACTIONS = 100;
    private static final int MEMPOOL = 25_000;
    private static final BigDecimal DIFFICULTY = new BigDecimal("707408283");

    private BlockchainPages() {
    }

    static Page stats(Scene scene) {
        ObjectNode root = Page.object();
        if (scene.has(Fault.ERROR_BODY)) {
            return error();
        }
        if (scene.has(Fault.EMPTY)) {
            return Page.of(root);
        }
        root.put("market_price_usd", scene.tape().priceAt(scene.now())).put("hash_rate", new BigDecimal("5063784.9"))
                .put("total_fees_btc", -51_875_000_000L).put("n_tx", 60_000).put("n_blocks_mined", 160)
                .put("minutes_between_blocks", new BigDecimal("9.1")).put("n_blocks_total", 271_000);
        if (scene.shown(DIFFICULTY) != null) {
            root.put("difficulty", scene.shown(DIFFICULTY));
        }
        root.put("timestamp", scene.listTime().toEpochMilli());
        return Page.of(root);
    }

    /** Plain text. */
    static Page unconfirmedCount(Scene scene) {
        if (scene.has(Fault.ERROR_BODY)) {
            return error();
        }
        boolean nothing = scene.has(Fault.EMPTY) || scene.has(Fault.MISSING_FIELD);
        return Page.ofText(nothing ? "" : scene.has(Fault.MEMPOOL_ZERO) ? "0"
                : scene.has(Fault.HUGE) ? Scene.HUGE.toPlainString() : String.valueOf(MEMPOOL));
    }

    /** Three transfers of 60 BTC, one that sends 499 of 500 BTC back to where they came from, the rest small. */
    static Page unconfirmedTransactions(Scene scene) {
        if (scene.has(Fault.ERROR_BODY)) {
            return error();
        }
        ObjectNode root = Page.object();
        if (scene.has(Fault.MISSING_FIELD)) {
            root.put("count", TRANSACTIONS);
            return Page.of(root);
        }
        ArrayNode transactions = root.putArray("txs");
        if (!scene.has(Fault.EMPTY)) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                boolean self = i == 3;
                long value = self ? 500 * BTC : i < 3 ? 60 * BTC : BTC / 2;
                transactions.add(transaction(scene, i, value, self ? 499 * BTC : 0));
            }
        }
        return Page.of(root);
    }

    private static ObjectNode transaction(Scene scene, int number, long value, long change) {
        ObjectNode transaction = Page.object();
        transaction.put("hash", String.format("%064x", number)).put("ver", 2).put("size", 225).put("fee", 10_000)
                .put("time", scene.listTime().getEpochSecond()).put("double_spend", false);
        transaction.putNull("block_index").putNull("block_height");
        transaction.putArray("inputs").addObject().putObject("prev_out").put("addr", "payer" + number).put("value", value + 10_000);
        ArrayNode out = transaction.putArray("out");
        ObjectNode paid = out.addObject().put("addr", "payee" + number);
        if (scene.has(Fault.HUGE)) {
            paid.put("value", Scene.HUGE);
        } else {
            paid.put("value", value - change);
        }
        out.addObject().put("addr", "payer" + number).put("value", change);
        return transaction;
    }

    static Page error() {
        return Page.of(Page.object().put("error", "internal"));
    }
}

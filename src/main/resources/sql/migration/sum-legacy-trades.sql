-- How a user's legacy trades ended; a figure over nothing is NULL. Begins with the trades as own.
, curve AS (SELECT net, sum(net) OVER (ORDER BY generated_at, id) AS total, generated_at, id FROM own WHERE net IS NOT NULL)
, heights AS (SELECT total, greatest(0, max(total) OVER (ORDER BY generated_at, id)) AS highest FROM curve)
SELECT count(*) AS "totalTrades",
       count(*) FILTER (WHERE status = 'active') AS "activeTrades",
       count(*) FILTER (WHERE status = 'completed_success') AS "winningTrades",
       count(*) FILTER (WHERE status = 'completed_failure') AS "losingTrades",
       count(*) FILTER (WHERE status = 'expired') AS "expiredTrades",
       round(100.0 * count(*) FILTER (WHERE status = 'completed_success')
             / nullif(count(*) FILTER (WHERE status IN ('completed_success', 'completed_failure')), 0), 2) AS "winRate",
       round(avg(confidence), 2) AS "averageConfidence",
       round(sum(net), 2) AS "totalProfitLoss",
       round(avg(net), 2) AS "averageProfitLoss",
       round(max(net), 2) AS "bestTrade",
       round(min(net), 2) AS "worstTrade",
       round(avg(net) FILTER (WHERE net > 0), 2) AS "averageWin",
       round(avg(net) FILTER (WHERE net < 0), 2) AS "averageLoss",
       round(sum(net) FILTER (WHERE net > 0) / nullif(-sum(net) FILTER (WHERE net < 0), 0), 2) AS "profitFactor",
       round(avg(net) FILTER (WHERE net > 0) / nullif(-avg(net) FILTER (WHERE net < 0), 0), 2) AS "winLossRatio",
       round(avg(net) / nullif(stddev_samp(net), 0), 4) AS "sharpeRatio",
       (SELECT round(max(highest - total), 2) FROM heights) AS "maxDrawdown",
       CASE WHEN bool_or(verified) IS NOT NULL THEN count(*) FILTER (WHERE verified) END AS "verifiedTrades",
       round(avg(quality), 2) AS "averageDataQuality"
FROM own

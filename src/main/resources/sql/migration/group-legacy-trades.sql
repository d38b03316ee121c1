-- The same by symbol or timeframe. Begins with the trades as own.
SELECT ${by} AS name,
       count(*) AS "totalTrades",
       count(*) FILTER (WHERE status = 'completed_success') AS "winningTrades",
       count(*) FILTER (WHERE status = 'completed_failure') AS "losingTrades",
       round(100.0 * count(*) FILTER (WHERE status = 'completed_success')
             / nullif(count(*) FILTER (WHERE status IN ('completed_success', 'completed_failure')), 0), 2) AS "winRate",
       round(sum(net), 2) AS "totalProfitLoss"
FROM own GROUP BY 1 ORDER BY 2 DESC, 1

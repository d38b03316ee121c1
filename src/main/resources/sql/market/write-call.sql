-- Each call to a source with its latency, so that reliability is measured and not assumed.
INSERT INTO public.api_latency_reliability_logs (api_name, endpoint, http_method, response_time_ms, status_code, success,
    error_message, error_type, retry_count, response_size_bytes, called_at)
VALUES (:apiName, :endpoint, 'GET', :latencyMs, CAST(:status AS integer), :success,
    :errorMessage, :errorType, :retries, CAST(:bodyBytes AS integer), :calledAt)

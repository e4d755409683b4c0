-- CreateTable
CREATE TABLE "metric_totals" (
    "name" TEXT NOT NULL,
    "labels" JSONB NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "metric_totals_pkey" PRIMARY KEY ("name","labels")
);

-- Counts a session when it settles, in the transaction that settles it. Buckets are in seconds, cumulative as Prometheus
-- wants them. Rows are taken in one order, so that two sessions settling at once cannot wait for each other in a circle.
CREATE FUNCTION "count_settled_session"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO metric_totals AS total (name, labels, value)
    SELECT name, labels, sum(value)
    FROM (
        SELECT 'sessions_total', jsonb_build_object('types', array_to_string(NEW.types, ','), 'outcome', NEW.status::text), 1::float8
        UNION ALL
        SELECT part || suffix.name, suffix.labels, suffix.value
        FROM (VALUES
            ('session_duration_seconds', extract(epoch FROM NEW.finished_at - NEW.started_at)::float8),
            ('session_queue_wait_seconds', extract(epoch FROM NEW.started_at - NEW.created_at)::float8)
        ) AS measured (part, seconds)
        CROSS JOIN LATERAL (
            SELECT '_bucket' AS name, jsonb_build_object('le', le::text) AS labels, 1::float8 AS value
            FROM unnest(ARRAY[1, 5, 15, 60, 300, 900, 3600, 14400]) AS le
            WHERE seconds <= le
            UNION ALL SELECT '_bucket', '{"le": "+Inf"}', 1
            UNION ALL SELECT '_count', '{}', 1
            UNION ALL SELECT '_sum', '{}', greatest(seconds, 0)
        ) AS suffix
        WHERE seconds IS NOT NULL
        UNION ALL
        SELECT 'records_total', jsonb_build_object('step', kind::text, 'result', result), counted
        FROM import_steps
        CROSS JOIN LATERAL (VALUES
            ('created', created), ('updated', updated), ('unchanged', unchanged), ('skipped', skipped), ('error', errors)
        ) AS report (result, counted)
        WHERE session_id = NEW.id AND status = 'COMPLETED' AND counted > 0
        UNION ALL
        SELECT 'problems_total', jsonb_build_object('step', step, 'severity', severity::text, 'code', code), count
        FROM import_problem_totals
        WHERE session_id = NEW.id
    ) AS counted (name, labels, value)
    GROUP BY name, labels
    ORDER BY name, labels
    ON CONFLICT (name, labels) DO UPDATE SET value = total.value + excluded.value;
    RETURN NULL;
END
$$;
CREATE TRIGGER "import_sessions_count_settled" AFTER UPDATE OF "status" ON "import_sessions"
    FOR EACH ROW
    WHEN (OLD."status" IN ('STARTED', 'IN_PROGRESS') AND NEW."status" NOT IN ('STARTED', 'IN_PROGRESS'))
    EXECUTE FUNCTION "count_settled_session"();

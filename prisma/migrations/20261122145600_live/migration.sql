-- AlterTable
ALTER TABLE "import_sessions" ADD COLUMN     "file_number" INTEGER,
ADD COLUMN     "files_total" INTEGER,
ADD COLUMN     "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "progress_at" TIMESTAMPTZ(3),
ADD COLUMN     "records_per_second" DOUBLE PRECISION,
ADD COLUMN     "rows_done" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "seconds_left" INTEGER;

-- AlterTable
ALTER TABLE "import_steps" ADD COLUMN     "rows_total" INTEGER;

-- What Prisma's schema cannot say.

ALTER TABLE "import_sessions" ADD CONSTRAINT "import_sessions_progress_is_a_share" CHECK ("progress" BETWEEN 0 AND 1);

-- Every change of a session is told on the channel «imports», whoever makes it, with its commit and once a transaction.
-- The message is small JSON: kind, and the session's id where it is about one. lib/events/import-event.ts knows the kinds.

-- A change of nothing but the progress carries the new progress: who shows it need not ask for it.
CREATE FUNCTION "import_sessions_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    progress_columns CONSTANT text[] := ARRAY['bytes_total', 'bytes_read', 'current_file', 'file_number', 'files_total',
        'progress', 'rows_done', 'records_per_second', 'seconds_left', 'progress_at'];
BEGIN
    IF TG_OP = 'INSERT' OR to_jsonb(NEW) - progress_columns IS DISTINCT FROM to_jsonb(OLD) - progress_columns THEN
        PERFORM pg_notify('imports', json_build_object('kind', 'session', 'session', NEW.id)::text);
    ELSIF NEW IS DISTINCT FROM OLD THEN
        PERFORM pg_notify('imports', json_build_object('kind', 'progress', 'session', NEW.id, 'progress', json_build_object(
            'share', NEW.progress, 'bytesTotal', NEW.bytes_total, 'bytesRead', NEW.bytes_read,
            'currentFile', left(NEW.current_file, 500), 'fileNumber', NEW.file_number, 'filesTotal', NEW.files_total, 'rowsDone', NEW.rows_done,
            'recordsPerSecond', NEW.records_per_second, 'secondsLeft', NEW.seconds_left, 'at', NEW.progress_at))::text);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER "import_sessions_notify" AFTER INSERT OR UPDATE ON "import_sessions"
    FOR EACH ROW EXECUTE FUNCTION "import_sessions_notify"();

-- Sessions are deleted by the thousand when they are old: one message for all of them.
CREATE FUNCTION "import_sessions_notify_deleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM deleted) THEN
        PERFORM pg_notify('imports', '{"kind":"deleted"}');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER "import_sessions_notify_deleted" AFTER DELETE ON "import_sessions"
    REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION "import_sessions_notify_deleted"();

-- What belongs to a session; the argument is the kind.
CREATE FUNCTION "import_part_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('imports', json_build_object('kind', TG_ARGV[0], 'session', NEW.session_id)::text);
    RETURN NULL;
END
$$;
CREATE TRIGGER "import_steps_notify" AFTER UPDATE ON "import_steps"
    FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION "import_part_notify"('step');
CREATE TRIGGER "import_attempts_notify" AFTER INSERT OR UPDATE ON "import_attempts"
    FOR EACH ROW EXECUTE FUNCTION "import_part_notify"('attempt');
CREATE TRIGGER "import_problem_totals_notify" AFTER INSERT OR UPDATE ON "import_problem_totals"
    FOR EACH ROW EXECUTE FUNCTION "import_part_notify"('problems');

-- Workers that come and go; their heartbeats are no news.
CREATE FUNCTION "workers_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('imports', '{"kind":"workers"}');
    RETURN NULL;
END
$$;
CREATE TRIGGER "workers_notify_new" AFTER INSERT ON "workers" FOR EACH ROW EXECUTE FUNCTION "workers_notify"();
CREATE TRIGGER "workers_notify_stopped" AFTER UPDATE OF "stopped_at" ON "workers"
    FOR EACH ROW WHEN (OLD.stopped_at IS DISTINCT FROM NEW.stopped_at) EXECUTE FUNCTION "workers_notify"();

-- A user who is disabled, or may now do other things: web processes remember users for a moment.
CREATE FUNCTION "users_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('imports', '{"kind":"users"}');
    RETURN NULL;
END
$$;
CREATE TRIGGER "users_notify" AFTER UPDATE OR DELETE ON "users" FOR EACH STATEMENT EXECUTE FUNCTION "users_notify"();

-- CreateIndex
CREATE INDEX "import_sessions_created_at_id_idx" ON "import_sessions"("created_at", "id");

-- CreateIndex
CREATE INDEX "import_sessions_status_created_at_id_idx" ON "import_sessions"("status", "created_at", "id");

-- DropIndex
DROP INDEX "import_sessions_created_at_idx";

-- DropIndex
DROP INDEX "import_sessions_status_idx";

-- What Prisma's schema cannot say.
-- Each filter of the history, alone or with dates, in each of its two orders, is one range of one index, so that the
-- first page and a deep one cost the same however many sessions there are. `finished_at - started_at` is written as
-- in lib/imports/session-page.ts; so are the conditions of the partial indexes.

CREATE INDEX "import_sessions_by_user" ON "import_sessions"((coalesce("created_by", 0)), "created_at", "id");
CREATE INDEX "import_sessions_failed" ON "import_sessions"("created_at", "id") WHERE "error_message" IS NOT NULL;

CREATE INDEX "import_sessions_duration" ON "import_sessions"(("finished_at" - "started_at"), "id")
  WHERE "finished_at" IS NOT NULL AND "started_at" IS NOT NULL;
CREATE INDEX "import_sessions_status_duration" ON "import_sessions"("status", ("finished_at" - "started_at"), "id")
  WHERE "finished_at" IS NOT NULL AND "started_at" IS NOT NULL;
CREATE INDEX "import_sessions_by_user_duration" ON "import_sessions"((coalesce("created_by", 0)), ("finished_at" - "started_at"), "id")
  WHERE "finished_at" IS NOT NULL AND "started_at" IS NOT NULL;
CREATE INDEX "import_sessions_failed_duration" ON "import_sessions"(("finished_at" - "started_at"), "id")
  WHERE "finished_at" IS NOT NULL AND "started_at" IS NOT NULL AND "error_message" IS NOT NULL;

-- A session has several types, which no ordered index of one column can hold: an index a type.
DO $$
DECLARE
  type text;
BEGIN
  FOREACH type IN ARRAY enum_range(NULL::"import_type")::text[] LOOP
    EXECUTE format(
      'CREATE INDEX %I ON "import_sessions"("created_at", "id") WHERE "types" @> ''{%s}''',
      'import_sessions_of_' || type, type);
    EXECUTE format(
      'CREATE INDEX %I ON "import_sessions"(("finished_at" - "started_at"), "id")
         WHERE "finished_at" IS NOT NULL AND "started_at" IS NOT NULL AND "types" @> ''{%s}''',
      'import_sessions_of_' || type || '_duration', type);
  END LOOP;
END
$$;

-- Every three letters in a row of a text, in lower case: what holds a part of a text holds all threes of that part.
-- Not pg_trgm: under LC_CTYPE C, as in the embedded PostgreSQL, it sees no Cyrillic letter (docs/decisions/0010).
CREATE FUNCTION "letters_in_threes"(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT coalesce(array_agg(DISTINCT a || b || c), '{}')
  FROM (
    SELECT letter AS a, lead(letter, 1) OVER w AS b, lead(letter, 2) OVER w AS c
    FROM unnest(string_to_array(lower(value), NULL)) WITH ORDINALITY AS t(letter, place)
    WINDOW w AS (ORDER BY place)
  ) AS threes
  WHERE c IS NOT NULL
);
CREATE INDEX "import_sessions_error_text" ON "import_sessions" USING gin (letters_in_threes("error_message"))
  WITH (fastupdate = off) WHERE "error_message" IS NOT NULL;

-- What runs and waits, among a million that do neither.
CREATE INDEX "import_sessions_active" ON "import_sessions"("created_at", "id") WHERE "status" IN ('STARTED', 'IN_PROGRESS');
-- Workers that stopped long ago are deleted.
CREATE INDEX "workers_stopped_at" ON "workers"("stopped_at");

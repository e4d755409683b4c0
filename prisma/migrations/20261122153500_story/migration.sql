-- AlterTable
ALTER TABLE "import_steps" ADD COLUMN     "changes" JSONB;

-- AlterTable
ALTER TABLE "import_attempts" ADD COLUMN     "samples" JSONB;

-- CreateTable
CREATE TABLE "import_files" (
    "session_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "size" BIGINT NOT NULL,
    "modified_at" TIMESTAMPTZ(3) NOT NULL,
    "sha256" TEXT,

    CONSTRAINT "import_files_pkey" PRIMARY KEY ("session_id","name")
);

-- CreateTable
CREATE TABLE "import_log_lines" (
    "id" BIGSERIAL NOT NULL,
    "session_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "level" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "fields" JSONB,

    CONSTRAINT "import_log_lines_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "import_log_lines_session_id_id_idx" ON "import_log_lines"("session_id", "id");

-- AddForeignKey
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "import_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_log_lines" ADD CONSTRAINT "import_log_lines_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "import_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- New lines are told as other changes of a session are (the migration «live»), once a batch.
CREATE FUNCTION "import_log_lines_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('imports', json_build_object('kind', 'log', 'session', session_id)::text)
    FROM (SELECT DISTINCT session_id FROM added) AS sessions;
    RETURN NULL;
END
$$;
CREATE TRIGGER "import_log_lines_notify" AFTER INSERT ON "import_log_lines"
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "import_log_lines_notify"();

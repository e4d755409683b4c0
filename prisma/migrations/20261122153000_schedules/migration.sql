-- CreateEnum
CREATE TYPE "schedule_outcome" AS ENUM ('started', 'skipped', 'missed', 'refused');

-- AlterTable
ALTER TABLE "import_sessions" ADD COLUMN     "schedule_id" INTEGER;

-- CreateTable
CREATE TABLE "schedules" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "types" "import_type"[],
    "dry_run" BOOLEAN NOT NULL DEFAULT false,
    "allow_mass_deactivation" BOOLEAN NOT NULL DEFAULT false,
    "cron" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL DEFAULT true,
    "next_due_at" TIMESTAMPTZ(3),
    "created_by" INTEGER,
    "updated_by" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedule_runs" (
    "schedule_id" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "schedule_outcome" NOT NULL,
    "session_id" INTEGER,
    "reason" TEXT,
    "details" JSONB,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_runs_pkey" PRIMARY KEY ("schedule_id","due_at")
);

-- CreateIndex
CREATE INDEX "schedules_next_due_at_idx" ON "schedules"("next_due_at");

-- CreateIndex
CREATE INDEX "schedule_runs_session_id_idx" ON "schedule_runs"("session_id");

-- CreateIndex
CREATE INDEX "import_sessions_schedule_id_id_idx" ON "import_sessions"("schedule_id", "id");

-- AddForeignKey
ALTER TABLE "import_sessions" ADD CONSTRAINT "import_sessions_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedules"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_updated_by_fkey" FOREIGN KEY ("updated_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "import_sessions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

-- What changes of schedules and their runs is told to the open pages, on the channel of the migration «live».
CREATE FUNCTION "schedules_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('imports', '{"kind":"schedules"}');
    RETURN NULL;
END
$$;
CREATE TRIGGER "schedules_notify" AFTER INSERT OR UPDATE ON "schedules"
    FOR EACH STATEMENT EXECUTE FUNCTION "schedules_notify"();
CREATE TRIGGER "schedule_runs_notify" AFTER INSERT ON "schedule_runs"
    FOR EACH STATEMENT EXECUTE FUNCTION "schedules_notify"();

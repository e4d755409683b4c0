-- AlterTable
ALTER TABLE "import_sessions" ADD COLUMN     "cancel_requested_at" TIMESTAMPTZ(3),
ADD COLUMN     "cancelled_by" INTEGER,
ADD COLUMN     "origin_id" INTEGER;

-- CreateIndex
CREATE INDEX "import_sessions_origin_id_idx" ON "import_sessions"("origin_id");

-- AddForeignKey
ALTER TABLE "import_sessions" ADD CONSTRAINT "import_sessions_cancelled_by_fkey" FOREIGN KEY ("cancelled_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_sessions" ADD CONSTRAINT "import_sessions_origin_id_fkey" FOREIGN KEY ("origin_id") REFERENCES "import_sessions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The table of legal moves, lib/imports/status.ts, once more where nobody gets past it. A test compares the two.
CREATE FUNCTION "import_sessions_refuse_move"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'import session % cannot move from % to %', OLD.id, OLD.status, NEW.status
        USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER "import_sessions_legal_moves" BEFORE UPDATE OF "status" ON "import_sessions"
    FOR EACH ROW WHEN (NOT (
        OLD."status" = 'STARTED' AND NEW."status" IN ('IN_PROGRESS', 'FAILED', 'CANCELLED')
        OR OLD."status" = 'IN_PROGRESS'
    ))
    EXECUTE FUNCTION "import_sessions_refuse_move"();

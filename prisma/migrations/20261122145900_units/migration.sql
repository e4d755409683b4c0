-- CreateTable
CREATE TABLE "units" (
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT,
    "full_name" TEXT,
    "international" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "units_pkey" PRIMARY KEY ("onec_id")
);

-- CreateIndex
CREATE INDEX "units_code_idx" ON "units"("code");

-- CreateTable
CREATE TABLE "export_listings" (
    "source" TEXT NOT NULL,
    "summary" JSONB,
    "listed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "export_listings_pkey" PRIMARY KEY ("source")
);

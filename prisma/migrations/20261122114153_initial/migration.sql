-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('ADMIN', 'OPERATOR', 'VIEWER');

-- CreateEnum
CREATE TYPE "import_type" AS ENUM ('catalog', 'stocks', 'prices');

-- CreateEnum
CREATE TYPE "step_kind" AS ENUM ('groups', 'properties', 'price_types', 'warehouses', 'goods', 'offers', 'prices', 'stock');

-- CreateEnum
CREATE TYPE "session_status" AS ENUM ('STARTED', 'IN_PROGRESS', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "step_status" AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED');

-- CreateEnum
CREATE TYPE "severity" AS ENUM ('error', 'warning');

-- CreateEnum
CREATE TYPE "attribute_type" AS ENUM ('reference', 'text', 'number', 'date', 'boolean');

-- CreateTable
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "password_hash" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_sessions" (
    "id" SERIAL NOT NULL,
    "types" "import_type"[],
    "source" TEXT NOT NULL,
    "request_key" TEXT NOT NULL,
    "status" "session_status" NOT NULL DEFAULT 'STARTED',
    "job_id" BIGINT,
    "attempt_token" UUID,
    "error_message" TEXT,
    "bytes_total" BIGINT,
    "bytes_read" BIGINT NOT NULL DEFAULT 0,
    "current_file" TEXT,
    "created_by" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_steps" (
    "session_id" INTEGER NOT NULL,
    "kind" "step_kind" NOT NULL,
    "position" SMALLINT NOT NULL,
    "status" "step_status" NOT NULL DEFAULT 'PENDING',
    "processed" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "deactivated" INTEGER NOT NULL DEFAULT 0,
    "errors" INTEGER NOT NULL DEFAULT 0,
    "warnings" INTEGER NOT NULL DEFAULT 0,
    "linked" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_steps_pkey" PRIMARY KEY ("session_id","kind")
);

-- CreateTable
CREATE TABLE "import_attempts" (
    "token" UUID NOT NULL,
    "session_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "worker_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "import_attempts_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "import_problems" (
    "id" BIGSERIAL NOT NULL,
    "session_id" INTEGER NOT NULL,
    "step" "step_kind",
    "severity" "severity" NOT NULL,
    "code" TEXT NOT NULL,
    "file" TEXT,
    "line" INTEGER,
    "external_id" TEXT,
    "field" TEXT,
    "message" TEXT NOT NULL,

    CONSTRAINT "import_problems_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_problem_totals" (
    "session_id" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "severity" "severity" NOT NULL,
    "code" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "import_problem_totals_pkey" PRIMARY KEY ("session_id","step","severity","code")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "categories" (
    "id" SERIAL NOT NULL,
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "slug" TEXT NOT NULL,
    "parent_id" INTEGER,
    "position" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "deactivated_by_import" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "brands" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "brands_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "brand_ids" (
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "brand_id" INTEGER,
    "name" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "brand_ids_pkey" PRIMARY KEY ("onec_id")
);

-- CreateTable
CREATE TABLE "attributes" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "type" "attribute_type" NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attributes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attribute_ids" (
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "attribute_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" "attribute_type" NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attribute_ids_pkey" PRIMARY KEY ("onec_id")
);

-- CreateTable
CREATE TABLE "attribute_values" (
    "id" SERIAL NOT NULL,
    "attribute_id" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "value_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attribute_values_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attribute_value_ids" (
    "property_onec_id" TEXT COLLATE "C" NOT NULL,
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "attribute_value_id" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attribute_value_ids_pkey" PRIMARY KEY ("property_onec_id","onec_id")
);

-- CreateTable
CREATE TABLE "price_types" (
    "id" SERIAL NOT NULL,
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT,
    "position" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "deactivated_by_import" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_types_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "warehouses" (
    "id" SERIAL NOT NULL,
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT,
    "position" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "deactivated_by_import" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "warehouses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "products" (
    "id" SERIAL NOT NULL,
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "article" TEXT,
    "description" TEXT,
    "barcode" TEXT,
    "unit" TEXT,
    "country" TEXT,
    "manufacturer" TEXT,
    "vat_rate" DECIMAL(5,2),
    "brand_ref" TEXT COLLATE "C",
    "brand_id" INTEGER,
    "category_onec_id" TEXT COLLATE "C",
    "category_id" INTEGER,
    "requisites" JSONB NOT NULL DEFAULT '{}',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "deactivated_by_import" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_categories" (
    "product_id" INTEGER NOT NULL,
    "category_onec_id" TEXT COLLATE "C" NOT NULL,
    "category_id" INTEGER,
    "position" SMALLINT NOT NULL,

    CONSTRAINT "product_categories_pkey" PRIMARY KEY ("product_id","category_onec_id")
);

-- CreateTable
CREATE TABLE "product_attributes" (
    "product_id" INTEGER NOT NULL,
    "property_onec_id" TEXT COLLATE "C" NOT NULL,
    "position" SMALLINT NOT NULL,
    "value" TEXT NOT NULL,
    "attribute_id" INTEGER,
    "attribute_value_id" INTEGER,
    "number" DECIMAL(20,6),

    CONSTRAINT "product_attributes_pkey" PRIMARY KEY ("product_id","property_onec_id","position")
);

-- CreateTable
CREATE TABLE "product_variants" (
    "id" SERIAL NOT NULL,
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "product_onec_id" TEXT COLLATE "C" NOT NULL,
    "product_id" INTEGER,
    "name" TEXT,
    "article" TEXT,
    "barcode" TEXT,
    "color" TEXT,
    "size" TEXT,
    "is_child_size" BOOLEAN NOT NULL DEFAULT false,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "deactivated_by_import" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_variants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variant_attributes" (
    "variant_id" INTEGER NOT NULL,
    "position" SMALLINT NOT NULL,
    "attribute_id" INTEGER NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "variant_attributes_pkey" PRIMARY KEY ("variant_id","position")
);

-- CreateTable
CREATE TABLE "prices" (
    "offer_onec_id" TEXT COLLATE "C" NOT NULL,
    "price_type_onec_id" TEXT COLLATE "C" NOT NULL,
    "min_quantity" DECIMAL(15,3) NOT NULL DEFAULT 0,
    "value" DECIMAL(15,4) NOT NULL,
    "currency" TEXT,
    "unit" TEXT,
    "ratio" DECIMAL(15,6),
    "variant_id" INTEGER,
    "price_type_id" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prices_pkey" PRIMARY KEY ("offer_onec_id","price_type_onec_id","min_quantity")
);

-- CreateTable
CREATE TABLE "stocks" (
    "offer_onec_id" TEXT COLLATE "C" NOT NULL,
    "warehouse_onec_id" TEXT COLLATE "C" NOT NULL,
    "quantity" DECIMAL(15,3) NOT NULL,
    "variant_id" INTEGER,
    "warehouse_id" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stocks_pkey" PRIMARY KEY ("offer_onec_id","warehouse_onec_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "import_sessions_job_id_idx" ON "import_sessions"("job_id");

-- CreateIndex
CREATE INDEX "import_sessions_created_at_idx" ON "import_sessions"("created_at" DESC);

-- CreateIndex
CREATE INDEX "import_sessions_status_idx" ON "import_sessions"("status");

-- CreateIndex
CREATE INDEX "import_attempts_session_id_idx" ON "import_attempts"("session_id");

-- CreateIndex
CREATE INDEX "import_problems_session_id_code_idx" ON "import_problems"("session_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "categories_onec_id_key" ON "categories"("onec_id");

-- CreateIndex
CREATE UNIQUE INDEX "categories_slug_key" ON "categories"("slug");

-- CreateIndex
CREATE INDEX "categories_parent_id_idx" ON "categories"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "brands_name_key_key" ON "brands"("name_key");

-- CreateIndex
CREATE INDEX "brand_ids_brand_id_idx" ON "brand_ids"("brand_id");

-- CreateIndex
CREATE UNIQUE INDEX "attributes_name_key_key" ON "attributes"("name_key");

-- CreateIndex
CREATE INDEX "attribute_ids_attribute_id_idx" ON "attribute_ids"("attribute_id");

-- CreateIndex
CREATE UNIQUE INDEX "attribute_values_attribute_id_value_key_key" ON "attribute_values"("attribute_id", "value_key");

-- CreateIndex
CREATE INDEX "attribute_value_ids_attribute_value_id_idx" ON "attribute_value_ids"("attribute_value_id");

-- CreateIndex
CREATE UNIQUE INDEX "price_types_onec_id_key" ON "price_types"("onec_id");

-- CreateIndex
CREATE UNIQUE INDEX "warehouses_onec_id_key" ON "warehouses"("onec_id");

-- CreateIndex
CREATE UNIQUE INDEX "products_onec_id_key" ON "products"("onec_id");

-- CreateIndex
CREATE INDEX "products_brand_id_idx" ON "products"("brand_id");

-- CreateIndex
CREATE INDEX "products_category_id_idx" ON "products"("category_id");

-- CreateIndex
CREATE INDEX "product_categories_category_id_idx" ON "product_categories"("category_id");

-- CreateIndex
CREATE INDEX "product_attributes_attribute_id_attribute_value_id_idx" ON "product_attributes"("attribute_id", "attribute_value_id");

-- CreateIndex
CREATE UNIQUE INDEX "product_variants_onec_id_key" ON "product_variants"("onec_id");

-- CreateIndex
CREATE INDEX "product_variants_product_id_idx" ON "product_variants"("product_id");

-- CreateIndex
CREATE INDEX "product_variants_product_onec_id_idx" ON "product_variants"("product_onec_id");

-- CreateIndex
CREATE INDEX "variant_attributes_attribute_id_idx" ON "variant_attributes"("attribute_id");

-- CreateIndex
CREATE INDEX "prices_variant_id_idx" ON "prices"("variant_id");

-- CreateIndex
CREATE INDEX "stocks_variant_id_idx" ON "stocks"("variant_id");

-- AddForeignKey
ALTER TABLE "import_sessions" ADD CONSTRAINT "import_sessions_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_steps" ADD CONSTRAINT "import_steps_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "import_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_attempts" ADD CONSTRAINT "import_attempts_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "import_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_problems" ADD CONSTRAINT "import_problems_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "import_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_problem_totals" ADD CONSTRAINT "import_problem_totals_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "import_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "brand_ids" ADD CONSTRAINT "brand_ids_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brands"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribute_ids" ADD CONSTRAINT "attribute_ids_attribute_id_fkey" FOREIGN KEY ("attribute_id") REFERENCES "attributes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribute_values" ADD CONSTRAINT "attribute_values_attribute_id_fkey" FOREIGN KEY ("attribute_id") REFERENCES "attributes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribute_value_ids" ADD CONSTRAINT "attribute_value_ids_attribute_value_id_fkey" FOREIGN KEY ("attribute_value_id") REFERENCES "attribute_values"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "products" ADD CONSTRAINT "products_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brands"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_categories" ADD CONSTRAINT "product_categories_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_categories" ADD CONSTRAINT "product_categories_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_attributes" ADD CONSTRAINT "product_attributes_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_variants" ADD CONSTRAINT "product_variants_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variant_attributes" ADD CONSTRAINT "variant_attributes_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "product_variants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variant_attributes" ADD CONSTRAINT "variant_attributes_attribute_id_fkey" FOREIGN KEY ("attribute_id") REFERENCES "attributes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

-- One active session of the same types over the same export. This index decides, not a check before.
CREATE UNIQUE INDEX "import_sessions_one_active" ON "import_sessions"("request_key") WHERE "status" IN ('STARTED', 'IN_PROGRESS');

ALTER TABLE "import_sessions" ADD CONSTRAINT "import_sessions_types_not_empty" CHECK (cardinality("types") > 0);
ALTER TABLE "import_sessions" ADD CONSTRAINT "import_sessions_finished_when_settled"
  CHECK (("finished_at" IS NULL) = ("status" IN ('STARTED', 'IN_PROGRESS')));

-- Promise 4 of DESIGN.md §3: nothing is dropped silently.
ALTER TABLE "import_steps" ADD CONSTRAINT "import_steps_adds_up"
  CHECK ("processed" = "created" + "updated" + "unchanged" + "skipped" + "errors");

-- Rows that wait for what they refer to. Small, so that linking costs what is missing, not what is there.
-- (No semicolon in a comment: the WebAssembly engine would end the statement there.)
CREATE INDEX "prices_dangling" ON "prices"("offer_onec_id") WHERE "variant_id" IS NULL;
CREATE INDEX "stocks_dangling" ON "stocks"("offer_onec_id") WHERE "variant_id" IS NULL;
CREATE INDEX "product_variants_dangling" ON "product_variants"("product_onec_id") WHERE "product_id" IS NULL;
CREATE INDEX "products_without_brand" ON "products"("brand_ref") WHERE "brand_id" IS NULL AND "brand_ref" IS NOT NULL;
CREATE INDEX "product_categories_dangling" ON "product_categories"("category_onec_id") WHERE "category_id" IS NULL;
CREATE INDEX "product_attributes_dangling" ON "product_attributes"("property_onec_id") WHERE "attribute_id" IS NULL;

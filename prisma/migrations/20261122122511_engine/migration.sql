-- CreateEnum
CREATE TYPE "customer_kind" AS ENUM ('legal_entity', 'entrepreneur', 'individual');

-- AlterEnum
ALTER TYPE "import_type" ADD VALUE 'variants';
ALTER TYPE "import_type" ADD VALUE 'attributes';
ALTER TYPE "import_type" ADD VALUE 'images';
ALTER TYPE "import_type" ADD VALUE 'customers';

-- AlterEnum
ALTER TYPE "step_kind" ADD VALUE 'images';
ALTER TYPE "step_kind" ADD VALUE 'customers';

-- AlterTable
ALTER TABLE "import_sessions" ADD COLUMN     "allow_mass_deactivation" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "dry_run" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "categories" ADD COLUMN     "classifier_onec_id" TEXT COLLATE "C";

-- AlterTable
ALTER TABLE "products" ADD COLUMN     "catalog_onec_id" TEXT COLLATE "C";

-- AlterTable
ALTER TABLE "product_variants" ADD COLUMN     "catalog_onec_id" TEXT COLLATE "C";

-- AlterTable
ALTER TABLE "import_attempts" ADD COLUMN     "crashed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "product_images" (
    "owner_onec_id" TEXT COLLATE "C" NOT NULL,
    "path" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "product_id" INTEGER,
    "variant_id" INTEGER,
    "hash" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_images_pkey" PRIMARY KEY ("owner_onec_id","path")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" SERIAL NOT NULL,
    "onec_id" TEXT COLLATE "C" NOT NULL,
    "kind" "customer_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "full_name" TEXT,
    "inn" TEXT,
    "kpp" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "address" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "deactivated_by_import" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "product_images_product_id_idx" ON "product_images"("product_id");

-- CreateIndex
CREATE INDEX "product_images_variant_id_idx" ON "product_images"("variant_id");

-- CreateIndex
CREATE INDEX "product_images_hash_idx" ON "product_images"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "customers_onec_id_key" ON "customers"("onec_id");

-- What Prisma's schema cannot say.

CREATE INDEX "product_images_dangling" ON "product_images"("owner_onec_id") WHERE "product_id" IS NULL;

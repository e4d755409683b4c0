-- CreateEnum
CREATE TYPE "picture_source" AS ENUM ('good', 'offer', 'folder');

-- AlterTable
-- No step has written this table yet: it is empty.
ALTER TABLE "product_images" DROP CONSTRAINT "product_images_pkey",
ADD COLUMN     "named_by" "picture_source" NOT NULL,
ADD CONSTRAINT "product_images_pkey" PRIMARY KEY ("owner_onec_id", "named_by", "path");

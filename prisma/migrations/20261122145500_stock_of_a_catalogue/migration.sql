-- AlterTable
ALTER TABLE "stocks" ADD COLUMN     "catalog_onec_id" TEXT COLLATE "C";

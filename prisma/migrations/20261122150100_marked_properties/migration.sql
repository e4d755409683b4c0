-- AlterTable
ALTER TABLE "attribute_ids" ADD COLUMN     "is_deleted" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "attributes" ADD COLUMN     "deactivated_by_import" BOOLEAN NOT NULL DEFAULT false;

-- A check for each row cost more than the insert itself, and locked the row it pointed to (schema.prisma, Catalogue).

-- DropForeignKey
ALTER TABLE "product_categories" DROP CONSTRAINT "product_categories_product_id_fkey";

-- DropForeignKey
ALTER TABLE "product_categories" DROP CONSTRAINT "product_categories_category_id_fkey";

-- DropForeignKey
ALTER TABLE "product_attributes" DROP CONSTRAINT "product_attributes_product_id_fkey";

-- DropForeignKey
ALTER TABLE "variant_attributes" DROP CONSTRAINT "variant_attributes_variant_id_fkey";

-- DropForeignKey
ALTER TABLE "variant_attributes" DROP CONSTRAINT "variant_attributes_attribute_id_fkey";

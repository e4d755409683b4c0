import { cut } from '@/lib/catalog/bounded'
import type { Cut, ImagesRow, PictureLine } from '@/lib/catalog/row'
import { database } from '@/lib/db'
import type { PictureSource } from '@/prisma/client/enums'

const PICTURES_SHOWN = 50

/** Which pictures are a good's own, and which an offer's: the two may have the same id. */
export const OF_GOOD: PictureSource[] = ['good', 'folder']
export const OF_OFFER: PictureSource[] = ['offer']

/** The pictures of an owner, in 1C's order. */
export async function picturesOf(ownerOnecId: string, namedBy: PictureSource[]): Promise<Cut<PictureLine>> {
  const rows = await database().productImage.findMany({
    where: { ownerOnecId, namedBy: { in: namedBy } },
    select: { namedBy: true, path: true, hash: true, format: true, width: true, height: true, bytes: true },
    orderBy: [{ namedBy: 'asc' }, { position: 'asc' }, { path: 'asc' }],
    take: PICTURES_SHOWN + 1,
  })
  return cut(rows, PICTURES_SHOWN)
}

export async function imagesRow(onecId: string): Promise<ImagesRow | null> {
  const db = database()
  const select = { onecId: true, name: true }
  const [product, offer, pictures] = await Promise.all([
    db.product.findUnique({ where: { onecId }, select }),
    db.productVariant.findUnique({ where: { onecId, isDefault: false }, select }),
    picturesOf(onecId, [...OF_GOOD, ...OF_OFFER]),
  ])
  if (!product && !offer && pictures.items.length === 0) return null
  const named = (by: PictureSource[]) => pictures.items.some(({ namedBy }) => by.includes(namedBy))
  const missing = { onecId, name: null, isMissing: true }
  return {
    step: 'images',
    onecId,
    product: product ?? (named(OF_GOOD) ? missing : null),
    offer: offer ?? (named(OF_OFFER) ? missing : null),
    pictures,
  }
}

import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { database } from '@/lib/db'
import { isPictureFormat, PICTURE_FORMATS, pictureFile, thumbnailFile } from '@/lib/media'
import { currentUser } from '@/lib/session'

export const dynamic = 'force-dynamic'

const asked = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), size: z.literal('thumb').nullable() })

/** A picture of the catalogue by its content hash, or with `?size=thumb` its thumbnail, for whoever is signed in. */
export async function GET(request: Request, { params }: { params: Promise<{ hash: string }> }): Promise<Response> {
  if (!(await currentUser())) return new Response(null, { status: 401 })
  const parsed = asked.safeParse({ ...(await params), size: new URL(request.url).searchParams.get('size') })
  if (!parsed.success) return notFound()
  const { hash, size } = parsed.data
  const picture = await database().productImage.findFirst({ where: { hash }, select: { format: true } })
  if (!picture || !isPictureFormat(picture.format)) return notFound()
  const handle = await open(size ? thumbnailFile(hash) : pictureFile(hash, picture.format)).catch(() => null)
  if (!handle) return notFound()
  const { size: bytes } = await handle.stat()
  // The stream closes the file, read to its end or not.
  return new Response(Readable.toWeb(handle.createReadStream()) as ReadableStream, {
    headers: {
      'Content-Type': PICTURE_FORMATS[size ? 'webp' : picture.format],
      'Content-Length': String(bytes),
      // A hash names one content for ever; but only to those who may see it.
      'Cache-Control': 'private, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

const notFound = () => new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } })

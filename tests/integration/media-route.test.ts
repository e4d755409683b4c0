import { rm } from 'node:fs/promises'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { GET } from '@/app/api/media/[hash]/route'
import { pictureFile } from '@/lib/media'
import { good, writeExport } from '@/tests/fixtures/export'
import { picture, writePictures } from '@/tests/fixtures/pictures'
import { emptyDatabase, importNow, query } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

// next-auth reads its cookie through Next.js, which is not here; whether the user may, lib/session.ts asks the database.
const cookie = vi.hoisted(() => ({ session: null as { userId: number } | null }))
vi.mock('next-auth', () => ({ getServerSession: async () => cookie.session }))

const get = (hash: string, search = '') =>
  GET(new Request(`http://obmen.test/api/media/${hash}${search}`), { params: Promise.resolve({ hash }) })

const as = async (user: { isActive: boolean } | null) => {
  if (!user) {
    cookie.session = null
    return
  }
  const [row] = await query<{ id: number }>(
    `insert into users (email, password_hash, role, is_active) values ('viewer@obmen.test', '-', 'VIEWER', $1)
     on conflict (email) do update set is_active = excluded.is_active returning id`,
    [user.isActive],
  )
  cookie.session = { userId: row?.id ?? 0 }
}

describe('a picture', () => {
  let content: Buffer
  let hash: string

  beforeEach(async () => {
    await emptyDatabase()
    const source = temporaryDirectory()
    content = await picture('red', 'png', 800, 600)
    await writePictures(source, { 'a.jpg': content })
    await writeExport(source, { goods: [good({ id: 'p', pictures: ['a.jpg'] })] })
    await importNow(['catalog'], source)
    hash = (await query<{ hash: string }>(`select hash from product_images`))[0]?.hash ?? ''
  })

  test('is nobody’s who is signed out or disabled', async () => {
    await as(null)
    expect((await get(hash)).status).toBe(401)
    await as({ isActive: false })
    expect((await get(hash)).status).toBe(401)
  })

  test('comes as it is stored, with the type of its content, to be kept by the browser alone', async () => {
    await as({ isActive: true })
    const response = await get(hash)

    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'image/png',
      'content-length': String(content.length),
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    expect(Buffer.from(await response.arrayBuffer())).toEqual(content)
  })

  test('comes as a thumbnail in WebP when asked for', async () => {
    await as({ isActive: true })
    const response = await get(hash, '?size=thumb')

    expect(response.headers.get('content-type')).toBe('image/webp')
    expect(Buffer.from(await response.arrayBuffer()).toString('latin1', 8, 12)).toBe('WEBP')
  })

  test('is not found by what is no hash, no size, or nothing of ours', async () => {
    await as({ isActive: true })
    for (const wrong of ['0'.repeat(64), hash.toUpperCase(), `../${hash}`, `${hash}.png`, ''])
      expect((await get(wrong)).status).toBe(404)
    expect((await get(hash, '?size=huge')).status).toBe(404)
    await rm(pictureFile(hash, 'png'))
    expect((await get(hash)).status).toBe(404)
  })
})

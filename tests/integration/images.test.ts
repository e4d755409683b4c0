import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { pictureFile, thumbnailFile } from '@/lib/media'
import { good, offer, price, writeExport, xmlDocument } from '@/tests/fixtures/export'
import { writeRaw } from '@/tests/fixtures/files'
import { animation, noise, picture, writePictures } from '@/tests/fixtures/pictures'
import { catalogue, countsOf, emptyDatabase, importNow, problemsOf, query, type start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(async () => {
  await emptyDatabase()
  await rm(env().MEDIA_DIR, { recursive: true, force: true })
})

/** `path of owner` in the order of the owners' pictures. */
const stored = async () =>
  (
    await query<{ path: string; owner: string }>(
      `select path, coalesce(v.onec_id, p.onec_id, 'nobody') as owner from product_images as t
       left join products as p on p.id = t.product_id left join product_variants as v on v.id = t.variant_id
       order by owner_onec_id, named_by, position, path`,
    )
  ).map((row) => `${row.path} of ${row.owner}`)

/** Every file under MEDIA_DIR. */
const mediaFiles = (): string[] =>
  existsSync(env().MEDIA_DIR)
    ? readdirSync(env().MEDIA_DIR, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort()
    : []

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')

/** Imports one good `p` with these pictures, as 1C writes them. */
async function importGood(source: string, pictures: string[], types: Parameters<typeof start>[0] = ['catalog']) {
  await writeExport(source, { goods: [good({ id: 'p', pictures })] })
  return importNow(types, source)
}

const examplesOf = (session: Awaited<ReturnType<typeof importNow>>, code: string) =>
  session.problems.filter((group) => group.code === code).flatMap(({ examples }) => examples)

describe('pictures that a good or an offer names', () => {
  test('lie under import_files: backslashes are slashes, a leading import_files/ is dropped', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { '03/a.jpg': 'red', '03/b.jpg': 'green', 'c.jpg': 'blue' })
    const session = await importGood(source, ['import_files/03/a.jpg', 'import_files\\03\\b.jpg', 'c.jpg'])

    expect(session.status).toBe('COMPLETED')
    expect(countsOf(session, 'images')).toEqual({ processed: 3, created: 3 })
    expect(await stored()).toEqual(['03/a.jpg of p', '03/b.jpg of p', 'c.jpg of p'])
  })

  test('are found beside the file that names them before the export’s root, and elsewhere in the export', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      goods: [good({ id: 'p', pictures: ['import_files/a.jpg'] })],
      offers: [offer({ id: 'p#1', pictures: ['import_files/b.jpg', 'import_files/a.jpg'] })],
    })
    const [beside, root] = await Promise.all([picture('red'), picture('blue')])
    await writeRaw(source, 'goods/import_files/a.jpg', beside)
    await writeRaw(source, 'goods/import_files/b.jpg', beside)
    await writeRaw(source, 'import_files/a.jpg', root)
    const session = await importNow(['catalog'], source)

    expect(session.status).toBe('COMPLETED')
    expect(await query(`select path, named_by, hash from product_images order by named_by, position`)).toEqual([
      { path: 'a.jpg', named_by: 'good', hash: hashOf(beside) },
      { path: 'b.jpg', named_by: 'offer', hash: hashOf(beside) },
      { path: 'a.jpg', named_by: 'offer', hash: hashOf(root) },
    ])
  })

  test('outside the export are refused: absolute, by .., by URL, by a link', async () => {
    const source = temporaryDirectory()
    const outside = temporaryDirectory()
    await writeFile(path.join(outside, 'secret.jpg'), await picture('red'))
    await writePictures(source, Object.fromEntries([1, 2, 3, 4, 5, 6].map((i) => [`ok${i}.jpg`, 'green'])))
    await symlink(path.join(outside, 'secret.jpg'), path.join(source, 'import_files/link.jpg'))
    await symlink(outside, path.join(source, 'import_files/folder'))
    await symlink('ok1.jpg', path.join(source, 'import_files/inside.jpg'))
    const bad = [path.join(outside, 'secret.jpg'), '../secret.jpg', 'https://example.com/a.jpg', 'link.jpg']
    const session = await importGood(source, [
      ...bad,
      'folder/secret.jpg',
      'inside.jpg',
      ...[1, 2, 3, 4, 5, 6].map((i) => `ok${i}.jpg`),
    ])

    expect(session.status).toBe('COMPLETED_WITH_ERRORS')
    expect(countsOf(session, 'images')).toEqual({ processed: 12, created: 7, errors: 5 })
    expect(problemsOf(session)).toEqual(['error bad_picture_path × 5'])
    const [problem] = examplesOf(session, 'bad_picture_path')
    expect(problem).toMatchObject({ file: 'goods/goods.xml', externalId: 'p', field: 'Картинка' })
    expect(problem?.line).toBeGreaterThan(1)
    expect(await stored()).toContain('inside.jpg of p')
    expect(mediaFiles()).toHaveLength(2)
  })

  test('that are not there are left out with a warning, which names file, line, owner and what to mend', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'folder/b.jpg': 'red' })
    const session = await importGood(source, ['a.jpg', 'gone.jpg', 'folder', 'folder/b.jpg'])

    expect(session.status).toBe('COMPLETED')
    expect(countsOf(session, 'images')).toEqual({ processed: 4, created: 2, skipped: 2, warnings: 2 })
    const [problem] = examplesOf(session, 'picture_missing')
    expect(problem).toMatchObject({ file: 'goods/goods.xml', externalId: 'p', field: 'Картинка' })
    expect(problem?.message).toContain('«gone.jpg»')
    expect(problem?.message).toContain('скопируйте import_files')
  })

  test('are what their content is, whatever their names say', async () => {
    const source = temporaryDirectory()
    await writePictures(source, {
      'jpeg.png': await picture('red', 'jpeg'),
      'png.jpg': await picture('red', 'png'),
      'webp.jpg': await picture('red', 'webp'),
      'gif.txt': await picture('red', 'gif'),
      animation: await animation(),
      'text.jpg': Buffer.from('<html>404</html>'),
    })
    const session = await importGood(source, ['jpeg.png', 'png.jpg', 'webp.jpg', 'gif.txt', 'animation', 'text.jpg'])

    expect(problemsOf(session)).toEqual(['error picture_broken × 1'])
    expect(await query(`select path, format, width, height from product_images order by position`)).toEqual([
      { path: 'jpeg.png', format: 'jpeg', width: 40, height: 30 },
      { path: 'png.jpg', format: 'png', width: 40, height: 30 },
      { path: 'webp.jpg', format: 'webp', width: 40, height: 30 },
      { path: 'gif.txt', format: 'gif', width: 40, height: 30 },
      { path: 'animation', format: 'gif', width: 200, height: 150 },
    ])
  })

  test('that are empty, cut off, broken or above 50 megapixels are errors, and every other one is imported', async () => {
    const source = temporaryDirectory()
    const cut = (content: Buffer) => content.subarray(0, Math.floor(content.length * 0.9))
    const formats = ['jpeg', 'png', 'webp', 'gif'] as const
    const broken: Record<string, Buffer> = { empty: Buffer.alloc(0), signature: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) }
    for (const format of formats) broken[`cut.${format}`] = cut(await noise(format))
    broken.animation = cut(await animation())
    broken.huge = await picture('red', 'png', 10_000, 5_001)
    const names = Object.keys(broken)
    const whole = names.map((_, i) => `${i}.jpg`)
    await writePictures(source, { ...broken, ...Object.fromEntries(whole.map((name) => [name, 'red'])) })
    const session = await importGood(source, [...names, ...whole])

    expect(session.status).toBe('COMPLETED_WITH_ERRORS')
    expect(countsOf(session, 'images')).toEqual({
      processed: names.length * 2,
      created: whole.length,
      errors: names.length,
    })
    expect(problemsOf(session)).toEqual([`error picture_broken × ${names.length}`])
    const messages = examplesOf(session, 'picture_broken').map(({ message }) => message)
    expect(messages[0]).toContain('«empty» пуст')
    expect(mediaFiles()).toHaveLength(2)
    await rm(path.join(env().MEDIA_DIR, 'tmp'), { recursive: true })
  })

  test('keep the order of 1C', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': 'green', 'c.jpg': 'blue' })
    await importGood(source, ['c.jpg', 'a.jpg', 'b.jpg'])
    expect(await stored()).toEqual(['c.jpg of p', 'a.jpg of p', 'b.jpg of p'])

    await rm(path.join(source, 'import_files/c.jpg'))
    const session = await importGood(source, ['b.jpg', 'a.jpg', 'c.jpg'])

    // The one that is not there any more keeps its content, and takes its new place all the same.
    expect(countsOf(session, 'images')).toEqual({ processed: 3, updated: 2, unchanged: 1 })
    expect(await stored()).toEqual(['b.jpg of p', 'a.jpg of p', 'c.jpg of p'])
  })

  test('named twice by their owner are one', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red' })
    const session = await importGood(source, ['a.jpg', 'import_files/a.jpg'])

    expect(countsOf(session, 'images')).toEqual({ processed: 2, created: 1, unchanged: 1 })
  })

  test('of an owner described twice are those of the last description', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': 'green' })
    await writeExport(source, {
      goods: [good({ id: 'p', pictures: ['a.jpg', 'gone.jpg'] }), good({ id: 'p', pictures: ['a.jpg', 'b.jpg'] })],
    })
    const session = await importNow(['catalog'], source)

    expect(countsOf(session, 'images')).toEqual({ processed: 4, created: 2, unchanged: 1, skipped: 1, warnings: 1 })
    expect(await stored()).toEqual(['a.jpg of p', 'b.jpg of p'])
  })
})

describe('the stored pictures', () => {
  test('lie once under the hash of their content, whole, with a thumbnail', async () => {
    const source = temporaryDirectory()
    const turned = await sharp(await picture('red', 'jpeg', 800, 400))
      .withMetadata({ orientation: 6 })
      .toBuffer()
    await writePictures(source, { 'a.jpg': turned, 'copy.jpg': turned })
    await writeExport(source, {
      goods: ['p', 'q'].map((id) => good({ id, pictures: ['a.jpg', 'copy.jpg'] })),
    })
    await importNow(['catalog'], source)

    const hash = hashOf(turned)
    expect(mediaFiles()).toEqual([`${hash}.jpeg`, `${hash}.thumb.webp`])
    expect(await readFile(pictureFile(hash, 'jpeg'))).toEqual(turned)
    expect(await sharp(thumbnailFile(hash)).metadata()).toMatchObject({ format: 'webp', width: 160, height: 320 })
    expect(await query(`select distinct width, height, bytes, format from product_images`)).toEqual([
      { width: 400, height: 800, bytes: turned.length, format: 'jpeg' },
    ])
  })

  test('take the disk of one import after ten, and are neither decoded nor written again', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': await picture('green', 'png') })
    await importGood(source, ['a.jpg', 'b.jpg'])
    const files = mediaFiles()
    const before = await catalogue()
    // A thumbnail that was made anew would not say this.
    const [hash] = files.map((name) => name.slice(0, 64))
    await writeFile(thumbnailFile(hash ?? ''), 'as it was')

    for (let i = 2; i <= 10; i++) {
      const session = await importNow(['catalog'], source)
      expect(session.status).toBe('COMPLETED')
      expect(countsOf(session, 'images')).toEqual({ processed: 2, unchanged: 2 })
    }
    expect(mediaFiles()).toEqual(files)
    expect(await readFile(thumbnailFile(hash ?? ''), 'utf8')).toBe('as it was')
    expect(await catalogue()).toEqual(before)
  })

  test('are written again when they are gone from MEDIA_DIR', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red' })
    await importGood(source, ['a.jpg'])
    const files = mediaFiles()
    await rm(env().MEDIA_DIR, { recursive: true })

    const session = await importNow(['catalog'], source)
    expect(countsOf(session, 'images')).toEqual({ processed: 1, unchanged: 1 })
    expect(mediaFiles()).toEqual(files)
  })

  test('are refreshed when the content under the same name has changed', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': 'green' })
    await importGood(source, ['a.jpg', 'b.jpg'])
    const fresh = await picture('blue', 'png')
    await writePictures(source, { 'a.jpg': fresh })

    const session = await importNow(['catalog'], source)
    expect(countsOf(session, 'images')).toEqual({ processed: 2, updated: 1, unchanged: 1 })
    expect(await query(`select hash, format from product_images where path = 'a.jpg'`)).toEqual([
      { hash: hashOf(fresh), format: 'png' },
    ])
    expect(existsSync(pictureFile(hashOf(fresh), 'png'))).toBe(true)
  })

  test('stay when the content under the same name has become unreadable', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': 'green' })
    await importGood(source, ['a.jpg', 'b.jpg'])
    const before = await catalogue()
    await writePictures(source, { 'a.jpg': Buffer.from('broken') })

    const session = await importNow(['catalog'], source)
    expect(countsOf(session, 'images')).toEqual({ processed: 2, unchanged: 1, errors: 1 })
    expect(await catalogue()).toEqual(before)
  })

  test('that cannot be written fail the import with a word about MEDIA_DIR', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red' })
    await mkdir(path.dirname(env().MEDIA_DIR), { recursive: true })
    await writeFile(env().MEDIA_DIR, 'a file where the folder should be')

    const session = await importGood(source, ['a.jpg'])
    expect(session.status).toBe('FAILED')
    expect(session.errorMessage).toContain(env().MEDIA_DIR)
    await rm(env().MEDIA_DIR)
  })
})

describe('removed pictures', () => {
  test('are detached from an owner that no longer names them, or names none', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': 'green' })
    await importGood(source, ['a.jpg', 'b.jpg'])

    expect(countsOf(await importGood(source, ['b.jpg']), 'images')).toEqual({
      processed: 1,
      updated: 1,
      deactivated: 1,
    })
    expect(await stored()).toEqual(['b.jpg of p'])
    expect(countsOf(await importGood(source, []), 'images')).toEqual({ deactivated: 1 })
    expect(await stored()).toEqual([])
  })

  test('are not those of an owner that a delta does not mention, or not as a whole', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': 'green', 'c.jpg': 'blue' })
    await writeExport(source, {
      goods: [good({ id: 'p', pictures: ['a.jpg'] }), good({ id: 'q', pictures: ['c.jpg'] })],
      offers: [offer({ id: 'p#1', pictures: ['b.jpg'] })],
    })
    await importNow(['catalog'], source)
    const before = await stored()
    expect(before).toEqual(['a.jpg of p', 'b.jpg of p#1', 'c.jpg of q'])

    // Another good; prices alone; a deletion mark.
    await writeExport(source, {
      goods: [good({ id: 'r' }), good({ id: 'q', deleted: true })],
      prices: [price({ offerId: 'p#1', priceTypeId: 't' }), price({ offerId: 'p', priceTypeId: 't' })],
    })
    const session = await importNow(['catalog'], source)

    expect(countsOf(session, 'images')).toEqual({})
    expect(await stored()).toEqual(before)
  })

  test('of a good are not those of an offer with the same id', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': 'green' })
    await writeExport(source, {
      goods: [good({ id: 'p', pictures: ['a.jpg'] })],
      offers: [offer({ id: 'p', pictures: ['a.jpg', 'b.jpg'] })],
    })
    await importNow(['catalog'], source)
    const owned = () =>
      query(`select path, named_by, variant_id is null as only_good from product_images order by 2, 1`)
    const both = [
      { path: 'a.jpg', named_by: 'good', only_good: true },
      { path: 'a.jpg', named_by: 'offer', only_good: false },
      { path: 'b.jpg', named_by: 'offer', only_good: false },
    ]
    expect(await owned()).toEqual(both)

    await writeExport(source, { goods: [good({ id: 'p', pictures: ['a.jpg'] })], offers: [offer({ id: 'p' })] })
    await importNow(['catalog'], source)
    expect(await owned()).toEqual(both.slice(0, 1))
  })
})

describe('pictures of what is not there yet', () => {
  test('are stored, reported, and linked by the session that brings their good and their offer', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': 'green', 'c.jpg': 'blue' })
    await writeExport(source, { goods: [good({ id: 'other', pictures: ['c.jpg'] })] })
    await importNow(['catalog'], source)
    const whole = {
      goods: [good({ id: 'p', pictures: ['a.jpg'] })],
      offers: [offer({ id: 'p#1', pictures: ['b.jpg'] })],
    }
    await writeExport(source, whole)
    const first = await importNow(['images'], source)

    expect(first.status).toBe('COMPLETED')
    expect(problemsOf(first)).toEqual(['warning dangling_reference × 2'])
    expect(await stored()).toEqual(['c.jpg of other', 'a.jpg of nobody', 'b.jpg of nobody'])

    await writeExport(source, { offers: whole.offers })
    const offers = await importNow(['variants'], source)
    expect(countsOf(offers, 'offers')).toMatchObject({ created: 1, linked: 1 })
    await writeExport(source, { goods: [good({ id: 'p', deleted: true })] })
    const goods = await importNow(['catalog'], source)
    // The variant, and the pictures of both.
    expect(countsOf(goods, 'goods')).toMatchObject({ created: 1, linked: 3 })
    expect(await stored()).toEqual(['c.jpg of other', 'a.jpg of p', 'b.jpg of p#1'])
    expect(await query(`select from product_images where product_id is null`)).toEqual([])
  })
})

describe('the type «Изображения»', () => {
  test('also finds what lies under a good’s id without being named, of goods that name none', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [...['1', '10', '1-a', '2'].map((id) => good({ id }))] })
    await importNow(['catalog'], source)
    await writePictures(source, {
      '1/1_b.jpg': 'red',
      '1/1_a.jpg': 'green',
      '1/1.pdf': Buffer.from('%PDF'),
      '10/10.jpg': 'blue',
      '1-/1-a_x.PNG': await picture('red', 'png'),
      '2/2_named.jpg': 'yellow',
      '2/2_left.jpg': 'black',
      'zz/zz_nobody.jpg': 'white',
    })
    await writeRaw(source, 'goods/import_files/1/1_c.jpg', await picture('pink'))
    const goods = { goods: [good({ id: '2', pictures: ['2/2_named.jpg'] })] }
    const folder = path.join(source, 'goods/import_files')
    await writeRaw(source, 'goods.xml', xmlDocument('<Каталог><Товары></Товары></Каталог>'))
    await rm(path.join(source, 'goods/goods.xml'))

    const first = await importNow(['images'], source)
    expect(first.status).toBe('COMPLETED')
    const found = ['1/1_a.jpg of 1', '1/1_b.jpg of 1', '1/1_c.jpg of 1', '1-/1-a_x.PNG of 1-a', '10/10.jpg of 10']
    expect(await stored()).toEqual([...found, '2/2_left.jpg of 2', '2/2_named.jpg of 2'])
    const again = await importNow(['images'], source)
    expect(countsOf(again, 'images')).toEqual({ processed: 7, unchanged: 7 })

    // Once 1C names a good's pictures, those are all it has; a good that it describes without any keeps what was found.
    await rm(folder, { recursive: true })
    await writeExport(source, { goods: [...goods.goods, good({ id: '10' })] })
    const named = await importNow(['catalog'], source)
    expect(countsOf(named, 'images')).toEqual({ processed: 1, created: 1, deactivated: 2 })
    expect(await stored()).toEqual([...found, '2/2_named.jpg of 2'])

    // What has gone from the folder of a good that still has others there is detached; a folder left out says nothing.
    const last = await importNow(['images'], source)
    expect(countsOf(last, 'images')).toEqual({ processed: 5, unchanged: 5, deactivated: 1 })
    expect(await stored()).toEqual([...found.filter((each) => !each.includes('1_c')), '2/2_named.jpg of 2'])
  })

  test('fails when there is no picture at all', async () => {
    const source = temporaryDirectory()
    await importGood(source, [])
    await mkdir(path.join(source, 'import_files'))
    const session = await importNow(['images'], source)

    expect(session.status).toBe('FAILED')
    expect(session.errorMessage).toContain('ни одной картинки')
  })
})

describe('a dry run', () => {
  test('reports the same and writes nothing, to MEDIA_DIR least of all', async () => {
    const source = temporaryDirectory()
    const content = await picture('red')
    await writePictures(source, {
      'a.jpg': content,
      'copy.jpg': content,
      'cut.jpg': (await noise('jpeg')).subarray(0, 5000),
    })
    await writeExport(source, { goods: [good({ id: 'p', pictures: ['a.jpg', 'copy.jpg', 'cut.jpg'] })] })
    const before = await catalogue()

    const rehearsal = await importNow(['catalog'], source, { dryRun: true })
    expect(existsSync(env().MEDIA_DIR)).toBe(false)
    expect(await catalogue()).toEqual(before)

    const real = await importNow(['catalog'], source)
    expect(countsOf(rehearsal, 'images')).toEqual({ processed: 3, created: 2, errors: 1 })
    expect(countsOf(real, 'images')).toEqual(countsOf(rehearsal, 'images'))
    expect(problemsOf(real)).toEqual(problemsOf(rehearsal))
  })
})

describe('pictures beyond the limit of errors', () => {
  test('that 1C names again without sending them again are as they were', async () => {
    const source = temporaryDirectory()
    await writePictures(source, { 'a.jpg': 'red', 'b.jpg': 'green' })
    await importGood(source, ['a.jpg', 'b.jpg'])
    const before = await stored()
    await rm(path.join(source, 'import_files'), { recursive: true })

    const session = await importNow(['catalog'], source)
    expect(session.status).toBe('COMPLETED')
    expect(problemsOf(session)).toEqual([])
    expect(countsOf(session, 'images')).toEqual({ processed: 2, unchanged: 2 })
    expect(await stored()).toEqual(before)
  })

  test('fail an import of pictures, and any import when they are broken', async () => {
    const source = temporaryDirectory()
    await importGood(source, ['a.jpg', 'b.jpg'])
    const missing = await importNow(['images'], source)
    expect(missing).toMatchObject({ status: 'FAILED' })
    expect(missing.errorMessage).toContain('2 из 2')

    await writePictures(source, { 'a.jpg': Buffer.from('x'), 'b.jpg': Buffer.from('y') })
    const broken = await importNow(['catalog'], source)
    expect(broken).toMatchObject({ status: 'FAILED' })
    expect(problemsOf(broken)).toEqual(['error picture_broken × 2'])
    expect(await stored()).toEqual([])
  })
})

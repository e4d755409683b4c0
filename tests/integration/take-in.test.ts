import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { env } from '@/lib/env'
import { picture, writePictures } from '@/tests/fixtures/pictures'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { PictureLocator } from '@/worker/pictures/locate'
import { PictureStore } from '@/worker/pictures/store'
import { takeIn } from '@/worker/pictures/take-in'

test('an abort between reading and storing throws its reason, and leaves nothing in MEDIA_DIR', async () => {
  const source = temporaryDirectory()
  const names = Array.from({ length: 8 }, (_, i) => `${i}.jpg`)
  for (const [i, name] of names.entries()) await writePictures(source, { [name]: await picture('red', 'jpeg', 10 + i) })
  const abort = new AbortController()
  const work = takeIn(
    names.map((name) => ({ path: name, namedIn: null })),
    {
      locator: await PictureLocator.of(source, ['import_files']),
      store: await PictureStore.open(),
      signal: abort.signal,
      known: async () => {
        abort.abort(new Error('the worker is stopping'))
        return new Map()
      },
    },
  )
  await expect(work).rejects.toThrow('the worker is stopping')
  expect(await readdir(env().MEDIA_DIR)).toEqual(['tmp'])
  expect(await readdir(path.join(env().MEDIA_DIR, 'tmp'))).toEqual([])
})

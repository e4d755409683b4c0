import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('the index of rules names only tests that exist', () => {
  const rows = readFileSync('docs/commerceml-tests.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, file, title] = /^\|.+\| `([^`]+)`\s*\| (.+?)\s*\|$/.exec(line) ?? []
      return file && title ? [{ file: `tests/${file}.test.ts`, title }] : []
    })
  expect(rows.length).toBeGreaterThan(100)
  expect(rows.filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title))).toEqual([])
})

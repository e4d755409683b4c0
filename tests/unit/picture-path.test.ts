import { describe, expect, test } from 'vitest'
import { picturePath } from '@/worker/commerceml/picture-path'

describe('a path of a picture', () => {
  test.each([
    ['import_files/03/a.jpg', '03/a.jpg'],
    ['import_files\\03\\a.jpg', '03/a.jpg'],
    ['03/a.jpg', '03/a.jpg'],
    [' \u00a0import_files/a.jpg\n', 'a.jpg'],
    ['./import_files//a.jpg', 'a.jpg'],
    ['import_files/import_files/a.jpg', 'import_files/a.jpg'],
    ['Фото товара/кимоно №1.jpg', 'Фото товара/кимоно №1.jpg'],
    ['a..b.jpg', 'a..b.jpg'],
  ])('%j lies at %j under import_files', (raw, path) => {
    expect(picturePath(raw)).toBe(path)
  })

  test.each([
    '/etc/passwd',
    '\\\\server\\share\\a.jpg',
    'C:\\import_files\\a.jpg',
    'https://example.com/a.jpg',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    '../a.jpg',
    'import_files/../../a.jpg',
    'import_files\\..\\a.jpg',
    'a/..',
    'a\0.jpg',
    'a\u0007.jpg',
    'a\ud800.jpg',
    'import_files/',
    '',
    'x'.repeat(501),
  ])('%j is none', (raw) => {
    expect(picturePath(raw)).toBeNull()
  })
})

import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { inRussian } from '@/lib/imports/in-russian'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'
import { PROBLEM_CODES } from '@/worker/commerceml/problem-codes'

type Tree = { [key: string]: string | Tree }

const entries = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : entries(value, `${prefix}${key}.`),
  )

/** What a message asks for: `{name}`, `{name, plural, …}` and `<tag>`. */
const wants = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)[,}]|<(\w+)>/g)].map((match) => match[1] ?? match[2]))]
    .filter((name) => !/^\d+$/.test(name ?? ''))
    .sort()

test('both languages have the same messages, and each asks for the same values', () => {
  const english = new Map(entries(en))
  expect([...english.keys()].sort()).toEqual(
    entries(ru)
      .map(([key]) => key)
      .sort(),
  )
  for (const [key, message] of entries(ru)) expect([key, wants(english.get(key) ?? '')]).toEqual([key, wants(message)])
})

test('every code of a problem has a title', () => {
  expect(Object.keys(ru.problemCode).sort()).toEqual([...PROBLEM_CODES].sort())
})

test.each([
  ['ru', ru],
  ['en', en as typeof ru],
] as const)('every sentence of an import can be said, with whatever stands in its gaps: %s', (locale, messages) => {
  const said = createTranslator({
    locale,
    messages,
    namespace: 'sentence',
    onError(error) {
      throw error
    },
  })
  const odd = `<b>{x}</b> ' & "`
  for (const [key, message] of entries(messages.sentence)) {
    const values = Object.fromEntries(wants(message).map((name) => [name, odd]))
    const words = said(key as 'nothing', values as never)
    expect(words.replaceAll(odd, '')).not.toMatch(/[{}]/)
    expect(words.split(odd)).toHaveLength((message.match(/\{\w+\}/g) ?? []).length + 1)
  }
})

test('an English sentence has no Russian in it but for what 1C itself calls things', () => {
  const ofOneC = /«Покупатель»|ИНН/g
  for (const [key, message] of entries(en.sentence))
    expect([key, message.replace(ofOneC, '')]).not.toEqual([key, expect.stringMatching(/[а-яё]/i)])
})

test('what stands in a gap may be a sentence itself', () => {
  const why = { key: 'xml.otherEnd', values: { element: 'Товар' } } as const
  expect(inRussian({ key: 'file.broken', values: { file: 'a.xml', line: 3, column: 14, why } })).toBe(
    'Файл a.xml повреждён: строка 3, столбец 14: это не XML (элемент «Товар» закрыт не своим тегом). Выгрузите файл из 1С заново.',
  )
})

test('no Russian line begins with a dash: the space before it does not break', () => {
  for (const [key, message] of entries(ru)) expect([key, message]).not.toEqual([key, expect.stringMatching(/ —/)])
})

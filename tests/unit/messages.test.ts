import { expect, test } from 'vitest'
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

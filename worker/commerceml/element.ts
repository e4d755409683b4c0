/** One record's part of the document, as a small tree; gone as soon as the record is made. */
export interface Element {
  name: string
  attributes: Readonly<Record<string, string>>
  /** From 1. */
  line: number
  text: string
  children: readonly Element[]
}

const NO_CHILDREN: readonly Element[] = []

export const newElement = (name: string, attributes: Readonly<Record<string, string>>, line: number): Element => ({
  name,
  attributes,
  line,
  text: '',
  // Most elements are leaves: those share one empty list.
  children: NO_CHILDREN,
})

export function addChild(parent: Element, element: Element): void {
  if (parent.children === NO_CHILDREN) parent.children = [element]
  else (parent.children as Element[]).push(element)
}

// Loops, not find() and filter(): these run a few dozen times for every record.

export function child(element: Element | undefined, name: string): Element | undefined {
  if (element) for (const candidate of element.children) if (candidate.name === name) return candidate
  return undefined
}

export function childrenOf(element: Element | undefined, name: string, otherName = name): Element[] {
  const found: Element[] = []
  if (!element) return found
  for (const candidate of element.children) {
    if (candidate.name === name || candidate.name === otherName) found.push(candidate)
  }
  return found
}

/** The elements in every list of that name: the same list may be there twice, each time with a part of it. */
export function listedIn(element: Element | undefined, list: string, name: string, otherName = name): Element[] {
  const found: Element[] = []
  if (!element) return found
  for (const candidate of element.children) {
    if (candidate.name !== list) continue
    for (const item of candidate.children) if (item.name === name || item.name === otherName) found.push(item)
  }
  return found
}

export function hasAny(element: Element, names: ReadonlySet<string>): boolean {
  for (const { name } of element.children) if (names.has(name)) return true
  return false
}

/** The text of the first child of that name that has one: an empty tag and a missing one are the same (COMMERCEML.md §2). */
export function textIn(element: Element | undefined, name: string): string | undefined {
  let found: string | undefined
  if (element) {
    for (const candidate of element.children) {
      if (candidate.name !== name) continue
      const { text } = candidate
      // Nearly every text begins with a letter or a digit, and need not be trimmed to know.
      if (isVisible(text.charCodeAt(0)) || text.trim() !== '') return text
      found ??= text
    }
  }
  return found
}

/** For sure: other spaces have higher codes. NaN, where there is no character, is not. */
const isVisible = (code: number): boolean => code > 0x20 && code < 0x1680 && code !== 0xa0

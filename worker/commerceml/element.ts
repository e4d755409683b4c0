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
  const lists = childrenOf(element, list)
  return lists.length === 1
    ? childrenOf(lists[0], name, otherName)
    : lists.flatMap((one) => childrenOf(one, name, otherName))
}

/** The text of the first child of that name that has one: an empty tag and a missing one are the same (COMMERCEML.md §2). */
export function textIn(element: Element | undefined, name: string): string | undefined {
  let found: string | undefined
  if (element) {
    for (const candidate of element.children) {
      if (candidate.name !== name) continue
      if (candidate.text.trim() !== '') return candidate.text
      found ??= candidate.text
    }
  }
  return found
}

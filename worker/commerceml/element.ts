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

/** The text of the first child of that name; undefined when there is none. */
export const textIn = (element: Element | undefined, name: string): string | undefined => child(element, name)?.text

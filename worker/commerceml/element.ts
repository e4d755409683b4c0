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

export const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((candidate) => candidate.name === name)

export const childrenOf = (element: Element | undefined, ...names: string[]): Element[] =>
  element ? element.children.filter((candidate) => names.includes(candidate.name)) : []

/** The text of the first child of that name; undefined when there is none. */
export const textIn = (element: Element | undefined, name: string): string | undefined => child(element, name)?.text

import { isTrue } from './values'

// Colour and size of a variant, out of its characteristics or its name (COMMERCEML.md §5, Offers).

const COLOR = /^(?:цвет|color|окраска)/i
const SIZE = /^(?:размер|size)/i
const CHILD_SIZE = /^детский размер/i
const BOOLEAN = /^(?:да|нет|true|false)$/i

type Traits = readonly { name: string; value: string }[]

export function variantTraits(traits: Traits) {
  const childSize = traits.find(({ name }) => CHILD_SIZE.test(name))
  return { color: firstOf(traits, COLOR), size: firstOf(traits, SIZE), isChildSize: isTrue(childSize?.value) }
}

const firstOf = (traits: Traits, name: RegExp): string | null =>
  traits.find((trait) => name.test(trait.name) && !BOOLEAN.test(trait.value))?.value ?? null

// Latin and Cyrillic letters look alike here, and 1C's users type either.
const TOKEN = String.raw`(?:\d?[XХ]{0,4}[SMLСМ]|[AАMМ]\d|\d{1,3}(?:[.,]\d)?(?:\s?(?:см|р|лет|кг))?|one size|универсальный)`
const LIST = String.raw`${TOKEN}(?:\s?[-–/,]\s?${TOKEN})*`
const SIZE_LIKE = new RegExp(String.raw`^${LIST}(?:\s?\(${LIST}\))?$`, 'i')

/** The last parenthesis of a name, when it looks like a size: «(А5 (2XL))», «(42-44)», but not «(блок из 2 шт)». */
export function sizeInName(name: string): string | null {
  const inside = lastParenthesis(name)?.trim()
  return inside && SIZE_LIKE.test(inside) ? inside : null
}

/** What stands in the last outermost pair of parentheses. */
function lastParenthesis(name: string): string | null {
  const end = name.lastIndexOf(')')
  let depth = 0
  for (let i = end; i >= 0; i--) {
    if (name[i] === ')') depth++
    if (name[i] === '(' && --depth === 0) return name.slice(i + 1, end)
  }
  return null
}

// What is sold: everything about a good that its name, variants and price follow from. All of it comes from the seed
// and the good's number, so that each file can be written on its own, front to back, with nothing kept in between.
import { BRAND_SPELLINGS } from '@/scripts/sample/brands'
import { Dice, guidSeries } from '@/scripts/sample/dice'
import { FAMILIES, type Family } from '@/scripts/sample/families'

export interface Variant {
  /** `good#variant` */
  id: string
  colour: string | undefined
  size: string | undefined
}

export interface Item {
  id: string
  index: number
  familyIndex: number
  family: Family
  name: string
  article: string
  /** A number in the list of all spellings of all brands. */
  brandIndex: number
  /** None for a good that is sold as it is. */
  variants: Variant[]
  /** Roubles, retail. */
  price: number
  dice: Dice
}

const SPELLINGS = BRAND_SPELLINGS.flat()
const ARTICLE_LETTERS = ['KB', 'FT', 'SP', 'AR', 'ZV', 'TR', 'МБ']
/** No good has more: the numbers of all variants of all goods are different. */
const MOST_VARIANTS = 16

/** The goods of a seed, by number from 0. */
export function assortment(seed: number): (index: number) => Item {
  const goodId = guidSeries(seed, 'good')
  const variantId = guidSeries(seed, 'variant')
  return (index) => {
    const dice = new Dice(seed, 0, index)
    const familyIndex = dice.int(0, FAMILIES.length - 1)
    const family = FAMILIES[familyIndex] as Family
    const id = goodId(index)
    const brandIndex = dice.int(0, SPELLINGS.length - 1)
    const article = `${dice.pick(ARTICLE_LETTERS)}-${1000 + (index % 90_000)}`
    const choices = chooseVariants(dice, family)
    const variants = choices.map((choice, number) => ({
      id: `${id}#${variantId(index * MOST_VARIANTS + number)}`,
      ...choice,
    }))
    return {
      id,
      index,
      familyIndex,
      family,
      name: nameOf(dice, family, SPELLINGS[brandIndex] ?? '', article, choices.length === 0),
      article,
      brandIndex,
      variants,
      price: Math.round(dice.int(...family.price) / 10) * 10,
      dice,
    }
  }
}

function chooseVariants(dice: Dice, { colours, sizes }: Family): Omit<Variant, 'id'>[] {
  if (!(colours || sizes) || dice.chance(0.2)) return []
  const someColours = colours ? some(dice, colours, sizes ? 2 : 4) : [undefined]
  const someSizes = sizes ? some(dice, sizes, 8) : [undefined]
  return someColours.flatMap((colour) => someSizes.map((size) => ({ colour, size })))
}

function some<T>(dice: Dice, list: readonly T[], atMost: number): T[] {
  const count = dice.int(1, Math.min(atMost, list.length))
  const start = dice.int(0, list.length - count)
  return list.slice(start, start + count)
}

function nameOf(dice: Dice, family: Family, brand: string, article: string, alone: boolean): string {
  const known = /^без бренда$/i.test(brand) ? '' : ` ${brand}`
  const name = `${family.noun}${known} ${dice.pick(family.models)} ${article}`
  // A good without variants tells its colour in its name.
  return alone && family.colours ? `${name}, ${dice.pick(family.colours)}` : name
}

/** 32 well-mixed bits from 32 bits (the finalizer of MurmurHash3); different inputs give different outputs. */
function mix(bits: number): number {
  let hash = bits | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const hashOf = (text: string) => [...text].reduce((hash, character) => mix(hash ^ (character.codePointAt(0) ?? 0)), 7)

/** Chances that fall the same way for the same seed, place and index, in whatever order they are asked. */
export class Dice {
  private state: number

  constructor(seed: number, place: number, index: number) {
    this.state = mix(seed) ^ mix(place + 0x9e3779b9) ^ mix(index + 0x7f4a7c15)
  }

  private next(): number {
    this.state = (this.state + 0x9e3779b9) | 0
    return mix(this.state)
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor((this.next() / 2 ** 32) * (high - low + 1))
  }

  /** True with the probability given, 0…1. */
  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T
  }
}

const hex = (bits: number, digits: number) => (bits >>> 0).toString(16).padStart(8, '0').slice(-digits)

/** Makes GUIDs as 1C does: one series for each kind of thing, all different within it. */
export function guidSeries(seed: number, kind: string): (index: number) => string {
  const salt = mix(mix(seed) ^ hashOf(kind))
  const tail = `11ec-${hex(0x8000 | (salt & 0x3fff), 4)}-${hex(mix(salt + 1), 8)}${hex(mix(salt + 2), 4)}`
  // mix is one to one: two indexes never share the first part.
  return (index) => `${hex(mix(index ^ salt), 8)}-${hex(mix(~index ^ salt), 4)}-${tail}`
}

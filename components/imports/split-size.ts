const UNITS = ['b', 'kb', 'mb', 'gb'] as const

/** Bytes in the unit a person reads them in: whole ones, or tenths below ten. */
export function splitSize(bytes: number): { value: number; unit: (typeof UNITS)[number] } {
  let value = bytes
  let place = 0
  while (value >= 1000 && place < UNITS.length - 1) {
    value /= 1024
    place += 1
  }
  const rounded = place > 0 && value < 10 ? Math.round(value * 10) / 10 : Math.round(value)
  return { value: rounded, unit: UNITS[place] ?? 'gb' }
}

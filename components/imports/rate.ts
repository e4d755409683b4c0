/** What took less than this tells of the database's mood, not of a rate, in milliseconds. */
const TOO_SHORT_MS = 50

/** Records a second; null where there is none to tell. */
export const rateOf = (records: number, milliseconds: number): number | null =>
  records === 0 || milliseconds < TOO_SHORT_MS ? null : (records / milliseconds) * 1000

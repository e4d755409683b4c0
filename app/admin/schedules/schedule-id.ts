/** The id an address or a form names; null when it is none that the column could hold. */
export const scheduleIdOf = (text: unknown): number | null =>
  typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null

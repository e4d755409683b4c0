/** The session number that a part of an address spells, or null: what PostgreSQL's serial cannot be is none. */
export function sessionIdOf(text: string): number | null {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0
  return number > 0 && number < 2 ** 31 ? number : null
}

import { randomBytes, scrypt as scryptCallback, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const scrypt = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scryptCallback,
)

// OWASP's scrypt setting of 32 MiB and about 0.1 s; kept in each hash, so that it can be raised later.
const COST = { N: 2 ** 15, r: 8, p: 3 }
const KEY_BYTES = 32

/** The lengths a new password may have, in characters. */
export const PASSWORD_LENGTH = { min: 10, max: 200 } as const

/** A password that nobody chose: 96 random bits, in letters one can copy. */
export const newPassword = (): string => randomBytes(12).toString('base64url')

const derive = (password: string, salt: Buffer, cost: typeof COST) =>
  scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: 256 * cost.N * cost.r })

/** A password → `scrypt$N$r$p$salt$key`, salt and key in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** Whether the password is the one the hash was made of. A hash of another form never matches. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (scheme !== 'scrypt' || !salt || !key) return false
  const expected = Buffer.from(key, 'base64')
  const actual = await derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) })
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

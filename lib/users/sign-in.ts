import { type Actor, recordAudit } from '@/lib/audit/commands'
import { database } from '@/lib/db'
import { verifyPassword } from '@/lib/password'
import { admit, FREE_FAILURES, forgetOld, forgive } from '@/lib/users/throttle'

interface Credentials {
  /** Lower-cased. */
  email: string
  password: string
  /** Where they come from; null when that is not known. */
  address: string | null
}

export type SignInResult =
  | { ok: true; userId: number; epoch: number }
  | { ok: false; reason: 'wrong' }
  /** Not even looked at; `retryAfter` in seconds. */
  | { ok: false; reason: 'throttled'; retryAfter: number }

// Of no password; verified against when there is no such user, so that the answer takes as long.
const NOBODYS_HASH = `scrypt$32768$8$3$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`

/** Whether these credentials open the door: unknown, disabled and mistyped look, last and are throttled the same. */
export async function checkSignIn({ email, password, address }: Credentials): Promise<SignInResult> {
  const admission = await admit(email, address)
  if (!admission.ok) return { ok: false, reason: 'throttled', retryAfter: admission.retryAfter }
  const user = await database().user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, isActive: true, sessionEpoch: true },
  })
  const matches = await verifyPassword(password, user?.passwordHash ?? NOBODYS_HASH)
  if (!user?.isActive || !matches) {
    await recordFailure(user ? { id: user.id, email } : null, admission.accountFailures, address)
    await forgetOld()
    return { ok: false, reason: 'wrong' }
  }
  await forgive(email, address)
  await database().$transaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { lastSignInAt: new Date() }, select: { id: true } })
    await recordAudit(tx, { id: user.id, email }, 'sign_in.succeeded', {
      subject: user.id,
      details: { email, address },
    })
  })
  return { ok: true, userId: user.id, epoch: user.sessionEpoch }
}

/** The first failure and those that bring a block are recorded: a log that somebody can flood from outside is none. */
async function recordFailure(account: Actor, failures: number, address: string | null): Promise<void> {
  if (failures !== 1 && failures < FREE_FAILURES.account) return
  // What is typed for an e-mail nobody has may have been the password.
  const about = account ? { subject: account.id, details: { email: account.email, address, failures } } : null
  await database().$transaction((tx) =>
    recordAudit(tx, null, 'sign_in.failed', about ?? { details: { address, failures } }),
  )
}

import type { AuditAction } from '@/lib/audit/actions'
import type { Transaction } from '@/lib/db'
import type { Prisma } from '@/prisma/client/client'

/** Who acts: a user, or null for the command line and the system itself. */
export type Actor = { id: number; email: string } | null

/** Records who did what, in the transaction that does it: both or neither. Never put names or contacts of customers in `details`. */
export async function recordAudit(
  tx: Transaction,
  actor: Actor,
  action: AuditAction,
  { subject, details }: { subject?: number | string; details?: Prisma.InputJsonObject } = {},
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      actorId: actor?.id ?? null,
      actor: actor?.email ?? null,
      action,
      subject: subject === undefined ? null : String(subject),
      ...(details ? { details } : {}),
    },
    select: { id: true },
  })
}

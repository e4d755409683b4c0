import { createECDH } from 'node:crypto'
import { database } from '@/lib/db'
import { env } from '@/lib/env'

/** What this installation signs its push messages with; browsers subscribe to the public key. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

/** The keys of the environment, or those generated at the first use and kept: with others, every browser would have to subscribe anew. */
export async function vapidKeys(): Promise<VapidKeys> {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = env()
  if (publicKey && privateKey) return { publicKey, privateKey }
  const kept = await keptKeys()
  if (kept) return kept
  // Of several processes that come at once the first decides.
  await database().secret.createMany({
    data: [{ name: 'vapid', value: JSON.stringify(generateKeys()) }],
    skipDuplicates: true,
  })
  const keys = await keptKeys()
  if (!keys) throw new Error('The keys of Web Push could not be kept')
  return keys
}

async function keptKeys(): Promise<VapidKeys | null> {
  const row = await database().secret.findUnique({ where: { name: 'vapid' }, select: { value: true } })
  return row && (JSON.parse(row.value) as VapidKeys)
}

function generateKeys(): VapidKeys {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys('base64url')
  // A private key with leading zeros is shorter; web-push wants all 32 bytes.
  const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
    .subarray(-32)
    .toString('base64url')
  return { publicKey, privateKey }
}

'use server'

import { revalidatePath } from 'next/cache'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { env } from '@/lib/env'
import { forgetSharedReads } from '@/lib/events/shared-read'
import { sendableUrl } from '@/lib/notifications/address'
import * as commands from '@/lib/notifications/commands'
import { SCOPES, SENT_CHANNELS } from '@/lib/notifications/notification'
import { requirePermission, requireUser } from '@/lib/session'

const PAGE = '/admin/notifications'

const id = z.coerce.number().int().min(0).max(2_147_483_647)
const noticeId = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt)
const scope = z.enum(SCOPES)

/** Takes the notice that the form names, or all of them, for read. */
export async function markRead(form: FormData): Promise<void> {
  const user = await requireUser(PAGE)
  const named = form.get('id')
  const parsed = noticeId.safeParse(named)
  if (named === null) await commands.markRead(user.id)
  else if (parsed.success) await commands.markRead(user.id, parsed.data)
  forgetSharedReads()
  // The bell stands in the layout.
  revalidatePath('/admin', 'layout')
}

/** Remembers what the user wants to hear of; true when that is done. */
export async function chooseScopes(_: boolean, form: FormData): Promise<boolean> {
  const user = await requireUser(PAGE)
  const parsed = z.object({ app: scope, push: scope, email: scope }).safeParse(Object.fromEntries(form))
  if (!parsed.success) return false
  await commands.chooseScopes(user.id, parsed.data)
  await commands.setUserLocale(user.id, await getLocale())
  revalidatePath(PAGE)
  return true
}

export interface WebhookFormState {
  url: string
  problem: 'url' | 'many' | 'viewer' | null
}

/** Adds a webhook, or says why not. */
export async function addWebhook(_: WebhookFormState, form: FormData): Promise<WebhookFormState> {
  const user = await requirePermission('webhooks.edit', PAGE)
  const text = z.string().trim().catch('').parse(form.get('url'))
  if (!user) return { url: text, problem: 'viewer' }
  const url = sendableUrl(text, { allowPrivate: env().NOTIFY_PRIVATE_ADDRESSES })
  if (!url) return { url: text, problem: 'url' }
  if (!(await commands.addWebhook(user.id, url.href, scope.catch('all').parse(form.get('scope'))))) {
    return { url: text, problem: 'many' }
  }
  revalidatePath(PAGE)
  return { url: '', problem: null }
}

/** Deletes the webhook that the form names. */
export async function deleteWebhook(form: FormData): Promise<void> {
  const user = await requireUser(PAGE)
  const parsed = id.safeParse(form.get('id'))
  if (parsed.success) await commands.deleteWebhook(user.id, parsed.data)
  revalidatePath(PAGE)
}

const base64url = (bytes: number) =>
  z.string().refine((text) => /^[\w-]+=*$/.test(text) && Buffer.from(text, 'base64url').length === bytes)
const subscription = z.object({
  endpoint: z.string(),
  p256dh: base64url(65),
  auth: base64url(16),
  label: z.string().trim().min(1).max(100),
})

/** Remembers the browser that asks; false when its subscription is none we could send to. */
export async function savePushSubscription(given: z.input<typeof subscription>): Promise<boolean> {
  const user = await requireUser(PAGE)
  const parsed = subscription.safeParse(given)
  if (!parsed.success) return false
  const options = { allowPrivate: env().NOTIFY_PRIVATE_ADDRESSES, httpsOnly: true }
  if (!sendableUrl(parsed.data.endpoint, options)) return false
  await commands.savePushSubscription(user.id, parsed.data)
  revalidatePath(PAGE)
  return true
}

/** Forgets the browser that the form names. */
export async function deletePushSubscription(form: FormData): Promise<void> {
  const user = await requireUser(PAGE)
  const parsed = id.safeParse(form.get('id'))
  if (parsed.success) await commands.deletePushSubscription(user.id, parsed.data)
  revalidatePath(PAGE)
}

/** Has a trial sent to what the form names; says whether it is. */
export async function sendTrial(_: 'sent' | 'too_soon' | null, form: FormData): Promise<'sent' | 'too_soon' | null> {
  const user = await requireUser(PAGE)
  const parsed = z.object({ channel: z.enum(SENT_CHANNELS), id }).safeParse(Object.fromEntries(form))
  if (!parsed.success) return null
  const isSent = await commands.sendTrial(user.id, parsed.data.channel, parsed.data.id)
  revalidatePath(PAGE)
  return isSent ? 'sent' : 'too_soon'
}

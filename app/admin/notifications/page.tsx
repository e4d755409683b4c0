import { CheckCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import {
  addWebhook,
  chooseScopes,
  deletePushSubscription,
  deleteWebhook,
  markRead,
  savePushSubscription,
  sendTrial,
} from '@/app/admin/notifications/actions'
import { AutoRefresh } from '@/components/imports/auto-refresh'
import { Section } from '@/components/imports/section'
import { DeliveryTable } from '@/components/notices/delivery-table'
import { NoticeList } from '@/components/notices/notice-list'
import { PushBrowsers } from '@/components/notices/push-browsers'
import { ScopeForm } from '@/components/notices/scope-form'
import { Webhooks } from '@/components/notices/webhooks'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { env } from '@/lib/env'
import { choicesOf, listDeliveries, listNotices } from '@/lib/notifications/queries'
import { vapidKeys } from '@/lib/notifications/vapid'
import { may } from '@/lib/permissions'
import { requireUser } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notices'))('title') }
}

const NOTICES_SHOWN = 20
const DELIVERIES_SHOWN = 20

export default async function NotificationsPage() {
  const user = await requireUser('/admin/notifications')
  const [t, notices, { scopes, browsers, webhooks }, deliveries, { publicKey }] = await Promise.all([
    getTranslations('notices'),
    listNotices(user.id, NOTICES_SHOWN),
    choicesOf(user.id),
    listDeliveries(user.id, DELIVERIES_SHOWN),
    vapidKeys(),
  ])
  return (
    <main id="content" className="mx-auto max-w-[90rem] space-y-4 px-4 py-6 pb-16 sm:px-6">
      <h1 className="font-semibold text-xl">{t('title')}</h1>
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <Section
            id="last"
            title={t('last')}
            aside={
              notices.some(({ isRead }) => !isRead) ? (
                <form action={markRead}>
                  <button type="submit" className={buttonClass('quiet', '!min-h-6 !py-0')}>
                    <CheckCheck aria-hidden className="size-4" />
                    {t('readAll')}
                  </button>
                </form>
              ) : null
            }
          >
            {notices.length > 0 ? (
              <NoticeList notices={notices} markRead={markRead} />
            ) : (
              <Empty title={t('empty')} hint={t('emptyHint')} />
            )}
          </Section>
          <Section id="deliveries" title={t('deliveries')}>
            <DeliveryTable deliveries={deliveries} />
            <p className="text-muted text-xs">{t('deliveriesHint')}</p>
          </Section>
        </div>
        <div className="min-w-0 space-y-6">
          <Section id="choose" title={t('choose')}>
            <ScopeForm
              scopes={scopes}
              email={user.email}
              hasMail={env().SMTP_URL !== undefined}
              action={chooseScopes}
              sendTrial={sendTrial}
            />
          </Section>
          <Section id="browsers" title={t('browsers')}>
            <PushBrowsers
              browsers={browsers}
              publicKey={publicKey}
              save={savePushSubscription}
              remove={deletePushSubscription}
              sendTrial={sendTrial}
            />
          </Section>
          <Section id="webhooks" title={t('webhooks')}>
            <Webhooks
              webhooks={webhooks}
              mayEdit={may(user.role, 'webhooks.edit')}
              add={addWebhook}
              remove={deleteWebhook}
              sendTrial={sendTrial}
            />
          </Section>
        </div>
      </div>
      <AutoRefresh
        also="deliveries"
        active={deliveries.some(({ state }) => state === 'waiting')}
        renderedAt={new Date().toISOString()}
      />
    </main>
  )
}

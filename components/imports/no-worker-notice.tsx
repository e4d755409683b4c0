import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'

/** That started imports wait because no worker runs, and how to start one. */
export function NoWorkerNotice() {
  const t = useTranslations('notice')
  return (
    <Notice kind="warning">
      <p className="font-medium">{t('noWorker')}</p>
      <p>
        {t.rich('noWorkerHint', {
          code: (text: ReactNode) => <code className="rounded bg-surface/70 px-1">{text}</code>,
        })}
      </p>
    </Notice>
  )
}

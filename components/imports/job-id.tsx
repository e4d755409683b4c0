import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/ui/copy-button'

/** The number of a session's job, to be copied. */
export function JobId({ jobId }: { jobId: string | null }) {
  const t = useTranslations('job')
  if (jobId === null) return <span className="text-muted text-xs">{t('none')}</span>
  return (
    <CopyButton value={jobId} label={t('copy', { jobId })} title={t('title', { jobId })}>
      {t('number', { jobId })}
    </CopyButton>
  )
}

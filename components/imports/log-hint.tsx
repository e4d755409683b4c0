import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/ui/copy-button'

/** How to find what a job wrote to the log. */
export function LogHint({ jobId }: { jobId: string }) {
  const t = useTranslations()
  const mark = `[Task ${jobId}]`
  return (
    <p className="text-muted">
      {t.rich('detail.logsHint', {
        command: `grep -F '${mark}'`,
        copy: () => (
          <CopyButton value={mark} label={`${t('detail.copyMark')} ${mark}`} className="font-mono">
            {mark}
          </CopyButton>
        ),
        code: (text) => <code className="rounded bg-raised px-1 text-ink text-xs">{text}</code>,
      })}
    </p>
  )
}

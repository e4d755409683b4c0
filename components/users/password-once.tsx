import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'

/** A password that was just set: shown now and never again. */
export function PasswordOnce({ title, password }: { title: string; password: string }) {
  const t = useTranslations('users')
  return (
    <Notice kind="good" role="status">
      <p className="font-medium">{title}</p>
      <p className="flex flex-wrap items-center gap-x-2">
        {t('password')}
        <CopyButton value={password} label={t('copyPassword')} className="!text-ink !text-sm font-mono">
          {password}
        </CopyButton>
      </p>
      <p className="text-muted text-xs">{t('passwordOnce')}</p>
    </Notice>
  )
}

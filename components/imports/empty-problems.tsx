import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { problemsUrl } from '@/components/imports/problem-url'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { ProblemList } from '@/lib/imports/session'

interface EmptyProblemsProps {
  sessionId: number
  list: Pick<ProblemList, 'total' | 'kept' | 'counted'>
  active: boolean
}

/** Why no problem is shown: there are none, none fits, or those that fit came after the last that was kept. */
export function EmptyProblems({ sessionId, list: { total, kept, counted }, active }: EmptyProblemsProps) {
  const t = useTranslations()
  if (total === 0) {
    return active ? (
      <Empty title={t('problem.soFar')} hint={t('problem.soFarHint')} />
    ) : (
      <Empty title={t('problem.noneTitle')} hint={t('problem.noneHint')} />
    )
  }
  const lost = counted > 0 && total > kept
  return (
    <Empty
      title={lost ? t('problem.notKept') : t('problem.nothingFound')}
      hint={lost ? t('problem.notKeptHint', { kept }) : t('problem.nothingFoundHint')}
    >
      <Link href={problemsUrl(sessionId)} className={buttonClass()}>
        {t('list.reset')}
      </Link>
    </Empty>
  )
}

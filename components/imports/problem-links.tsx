import { Download, List } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { problemsCsvUrl, problemsUrl } from '@/components/imports/problem-url'
import { buttonClass } from '@/components/ui/button'
import type { ProblemFilter } from '@/lib/imports/session'

/** From the summary of a session's problems to each of them. */
export function ProblemLinks({ sessionId }: { sessionId: number }) {
  const t = useTranslations('problem')
  return (
    <div className="flex flex-wrap gap-2">
      <Link href={problemsUrl(sessionId)} prefetch={false} className={buttonClass()}>
        <List aria-hidden className="size-4" />
        {t('all')}
      </Link>
      <DownloadProblems sessionId={sessionId} />
    </div>
  )
}

/** The problems that fit the filter, as a file. */
export function DownloadProblems({ sessionId, filter }: { sessionId: number; filter?: ProblemFilter }) {
  const t = useTranslations('problem')
  return (
    // Not a Link: a file is no page to go to.
    <a href={problemsCsvUrl(sessionId, filter)} download className={buttonClass()}>
      <Download aria-hidden className="size-4" />
      {t('download')}
    </a>
  )
}

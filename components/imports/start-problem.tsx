import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { StartProblem, TypeOffer } from '@/components/imports/start-form-state'
import { Notice } from '@/components/ui/notice'

interface StartProblemNoticeProps {
  id: string
  problem: StartProblem
  /** The type it stands at, when it is about one. */
  offer?: TypeOffer
}

/** Why the start was refused, and what to do. */
export function StartProblemNotice({ id, problem, offer }: StartProblemNoticeProps) {
  return (
    <Notice kind="bad" role="alert" id={id}>
      <ProblemText problem={problem} offer={offer} />
    </Notice>
  )
}

function ProblemText({ problem, offer }: { problem: StartProblem; offer: TypeOffer | undefined }) {
  const t = useTranslations('start')
  const content = useTranslations('content')
  switch (problem.reason) {
    case 'files_missing': {
      const needed = offer?.needs.filter((need) => need.required).map((need) => need.kind) ?? []
      const kinds = problem.kinds.filter((kind) => needed.length === 0 || needed.includes(kind))
      return t('files_missing', { kinds: kinds.map((kind) => content(kind)).join(', ') })
    }
    case 'already_active':
      return t.rich('already_active', {
        id: String(problem.sessionId),
        session: (text) => (
          <Link href={`/admin/imports/${problem.sessionId}`} className="font-medium text-accent underline">
            {text}
          </Link>
        ),
      })
    case 'export_missing':
      return `${t('exportMissing')} ${t('exportMissingHint')}`
    default:
      return t(problem.reason)
  }
}

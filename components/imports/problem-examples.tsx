import { useTranslations } from 'next-intl'
import { ExternalId } from '@/components/catalog/external-id'
import { useTold } from '@/components/imports/told'
import type { Problem } from '@/lib/imports/session'

interface ProblemExamplesProps {
  examples: Problem[]
  /** Where an external id leads to, if anywhere. */
  urlOf: (externalId: string) => string | null
}

/** The first few problems of a group: where to look in the export, and what is wrong there. */
export function ProblemExamples({ examples, urlOf }: ProblemExamplesProps) {
  const t = useTranslations('problem')
  const told = useTold()
  return (
    <ol className="space-y-2 text-xs">
      {examples.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a settled list; two problems may be alike in everything
        <li key={index} className="space-y-0.5 border-line border-l-2 pl-2.5">
          <p className="text-sm [overflow-wrap:anywhere]">{told(problem.message, problem.sentence)}</p>
          <p className="text-muted [overflow-wrap:anywhere]">
            {problem.file ? (
              <span className="mr-3">
                {t('file')}: <span className="font-mono">{problem.file}</span>
              </span>
            ) : null}
            {problem.line !== null ? (
              <span className="mr-3 tabular-nums">
                {t('line')}: {problem.line}
              </span>
            ) : null}
            {problem.externalId ? (
              <span>
                {t('externalId')}: <ExternalId id={problem.externalId} url={urlOf(problem.externalId)} />
                {problem.field ? ` · ${problem.field}` : null}
              </span>
            ) : null}
          </p>
        </li>
      ))}
    </ol>
  )
}

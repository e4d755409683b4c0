import { useFormatter, useTranslations } from 'next-intl'
import { ExternalId } from '@/components/catalog/external-id'
import type { RowUrlOf } from '@/components/catalog/row-url'
import { CopyButton } from '@/components/ui/copy-button'
import type { StepChanges, StepReport } from '@/lib/imports/session'

const KINDS = ['created', 'updated', 'changed', 'deactivated'] as const satisfies readonly (keyof StepChanges)[]

interface ChangedIdsProps {
  steps: StepReport[]
  active: boolean
  rowUrl: RowUrlOf
}

/** What each step changed: how much, and a few of 1C's ids, which lead to what is there now. */
export function ChangedIds({ steps, active, rowUrl }: ChangedIdsProps) {
  const t = useTranslations()
  const changed = steps.filter(
    (step) => step.status === 'COMPLETED' && step.created + step.updated + step.deactivated > 0,
  )
  if (changed.length === 0) return <p className="text-muted">{t(active ? 'story.noChangesYet' : 'story.noChanges')}</p>
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {changed.map((step) => (
        <li key={step.kind} data-changes={step.kind}>
          <details className="px-3.5 py-2">
            <summary className="cursor-pointer">
              <span className="font-medium">{t(`step.${step.kind}`)}</span> <Counts step={step} />
            </summary>
            <div className="space-y-2 pt-2">
              {KINDS.map((kind) => (
                <Ids key={kind} kind={kind} ids={step.changes?.[kind] ?? []} urlOf={(id) => rowUrl(step.kind, id)} />
              ))}
              {step.changes && Object.keys(step.changes).length > 0 ? null : (
                <p className="text-muted text-xs">{t('story.noSample')}</p>
              )}
            </div>
          </details>
        </li>
      ))}
    </ul>
  )
}

function Counts({ step }: { step: StepReport }) {
  const t = useTranslations('story')
  const format = useFormatter()
  const counts = (['created', 'updated', 'deactivated'] as const).filter((kind) => step[kind] > 0)
  return (
    <span className="text-muted text-xs">
      {counts.map((kind) => t(`count.${kind}`, { count: format.number(step[kind]) })).join(', ')}
    </span>
  )
}

interface IdsProps {
  kind: (typeof KINDS)[number]
  ids: string[]
  urlOf: (id: string) => string | null
}

function Ids({ kind, ids, urlOf }: IdsProps) {
  const t = useTranslations('story')
  if (ids.length === 0) return null
  return (
    <div className="space-y-1">
      <p className="text-muted text-xs">{t(`sample.${kind}`)}</p>
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {ids.map((id) => (
          <li key={id} className="max-w-full">
            <Id id={id} url={urlOf(id)} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Id({ id, url }: { id: string; url: string | null }) {
  const t = useTranslations('story')
  const label = t('copyId', { id })
  if (url === null) {
    return (
      <CopyButton value={id} label={label} className="font-mono [overflow-wrap:anywhere]">
        {id}
      </CopyButton>
    )
  }
  return (
    // A short id is as large to hit as the button beside it.
    <span className="flex items-center gap-1.5 text-xs [overflow-wrap:anywhere] [&>a]:min-w-6 [&>a]:leading-6">
      <ExternalId id={id} url={url} />
      <CopyButton value={id} label={label} />
    </span>
  )
}

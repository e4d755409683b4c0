import clsx from 'clsx'
import { Check, CircleX, type LucideIcon, Minus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Need, TypeOffer } from '@/components/imports/start-form-state'

interface TypeChoiceProps {
  offer: TypeOffer
  chosen: boolean
  /** The id of the problem shown as `children`, when there is one. */
  problemId: string | undefined
  children: ReactNode
}

/** An import type with its checkbox: what it brings, and whether the export has what it takes. */
export function TypeChoice({ offer, chosen, problemId, children }: TypeChoiceProps) {
  const t = useTranslations()
  const { type, needs, needsCatalog } = offer
  const optional = needs.filter((need) => !need.required)
  const ids = { label: `${type}-label`, about: `${type}-about`, needs: `${type}-needs` }
  return (
    <div className="space-y-2.5 rounded-lg border border-line bg-surface px-3.5 py-3 has-checked:border-accent">
      <label className="flex items-start gap-2.5">
        <input
          type="checkbox"
          name="types"
          value={type}
          defaultChecked={chosen}
          aria-labelledby={ids.label}
          aria-describedby={clsx(ids.about, ids.needs, problemId)}
          aria-invalid={problemId !== undefined}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        <span className="min-w-0">
          <span id={ids.label} className="font-medium">
            {t(`importType.${type}`)}
          </span>
          <span id={ids.about} className="block text-muted">
            {t(`importTypeAbout.${type}`)}
          </span>
        </span>
      </label>
      <div id={ids.needs} className="space-y-1.5 pl-6.5 text-xs">
        <RequiredNeeds needs={needs.filter((need) => need.required)} />
        <OptionalNeeds icon={Check} title={t('start.alsoTaken')} needs={optional.filter(isFound)} />
        <OptionalNeeds icon={Minus} title={t('start.notThere')} needs={optional.filter((need) => !isFound(need))} />
        {needsCatalog ? <p className="text-orange-ink">{t('start.needsCatalog')}</p> : null}
      </div>
      {children}
    </div>
  )
}

/** How many of the files of a kind are named. */
const NAMED = 1

const isFound = ({ files }: Need) => files.length > 0

/** What the export must hold, each with the file that holds it. */
function RequiredNeeds({ needs }: { needs: Need[] }) {
  const t = useTranslations()
  const nameSome = (files: string[]) => {
    const more = files.length - NAMED
    const named = files.slice(0, NAMED).join(', ')
    return more > 0 ? `${named} ${t('start.moreFiles', { count: more })}` : named
  }
  return (
    <NeedRow title={t('start.needs')}>
      <ul className="space-y-0.5">
        {needs.map((need) => {
          const found = isFound(need)
          const Icon = found ? Check : CircleX
          const ink = found ? 'text-green-ink' : 'text-red-ink'
          return (
            <li key={need.kind} className="flex items-start gap-1.5">
              <Icon aria-hidden className={clsx('mt-px size-3.5 shrink-0', ink)} />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {t(`content.${need.kind}`)}: <span className={ink}>{t(found ? 'start.found' : 'start.missing')}</span>
                {found ? ' ' : null}
                {found ? <span className="text-muted">{`(${nameSome(need.files)})`}</span> : null}
              </span>
            </li>
          )
        })}
      </ul>
    </NeedRow>
  )
}

/** What is taken when it is there, in one line. */
function OptionalNeeds({ icon: Icon, title, needs }: { icon: LucideIcon; title: string; needs: Need[] }) {
  const t = useTranslations('content')
  if (needs.length === 0) return null
  return (
    <NeedRow title={title}>
      <span className="flex items-start gap-1.5">
        <Icon aria-hidden className="mt-px size-3.5 shrink-0 text-muted" />
        {needs.map(({ kind }) => t(kind)).join(', ')}
      </span>
    </NeedRow>
  )
}

const NeedRow = ({ title, children }: { title: string; children: ReactNode }) => (
  <dl className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[9rem_1fr]">
    <dt className="text-muted">{title}</dt>
    <dd>{children}</dd>
  </dl>
)

import clsx from 'clsx'
import { Check, CircleX, Minus } from 'lucide-react'
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
        <NeedList title={t('start.needs')} needs={needs.filter((need) => need.required)} />
        <NeedList title={t('start.optional')} needs={needs.filter((need) => !need.required)} />
        {needsCatalog ? <p className="text-orange-ink">{t('start.needsCatalog')}</p> : null}
      </div>
      {children}
    </div>
  )
}

/** How many of the files of a kind are named. */
const NAMED = 1

function NeedList({ title, needs }: { title: string; needs: Need[] }) {
  const t = useTranslations()
  if (needs.length === 0) return null
  const nameSome = (files: string[]) => {
    const more = files.length - NAMED
    const named = files.slice(0, NAMED).join(', ')
    return more > 0 ? `${named} ${t('start.moreFiles', { count: more })}` : named
  }
  return (
    <dl className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[9rem_1fr]">
      <dt className="text-muted">{title}</dt>
      <dd>
        <ul className="space-y-0.5">
          {needs.map(({ kind, required, files }) => {
            const found = files.length > 0
            const Icon = found ? Check : required ? CircleX : Minus
            const ink = found ? 'text-green-ink' : required ? 'text-red-ink' : 'text-muted'
            return (
              <li key={kind} className="flex items-start gap-1.5">
                <Icon aria-hidden className={clsx('mt-px size-3.5 shrink-0', ink)} />
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  {t(`content.${kind}`)}: <span className={ink}>{t(found ? 'start.found' : 'start.missing')}</span>
                  {found ? ' ' : null}
                  {found ? <span className="text-muted">{`(${nameSome(files)})`}</span> : null}
                </span>
              </li>
            )
          })}
        </ul>
      </dd>
    </dl>
  )
}

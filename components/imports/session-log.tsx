'use client'

import clsx from 'clsx'
import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { buttonClass, fieldClass } from '@/components/ui/button'
import { DateTime } from '@/components/ui/date-time'
import type { LogLine } from '@/lib/imports/session'

/** From everything to errors only. */
const LEVELS = ['debug', 'info', 'warn', 'error'] as const
const RANKS: Record<string, number> = { trace: 0, debug: 0, info: 1, warn: 2, error: 3, fatal: 3 }
const INKS: Record<string, string> = { warn: 'text-orange-ink', error: 'text-red-ink', fatal: 'text-red-ink' }

interface SessionLogProps {
  sessionId: number
  lines: LogLine[]
  total: number
}

/** The session's own log: its last lines, following the newest unless somebody scrolls up. */
export function SessionLog({ sessionId, lines, total }: SessionLogProps) {
  const t = useTranslations('story')
  const [level, setLevel] = useState<(typeof LEVELS)[number]>('info')
  const frame = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const shown = lines.filter((line) => (RANKS[line.level] ?? 1) >= LEVELS.indexOf(level))

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other lines are shown
  useEffect(() => {
    if (following.current) frame.current?.scrollTo({ top: frame.current.scrollHeight })
  }, [shown.at(-1)?.id, level])

  if (total === 0) return <p className="text-muted">{t('noLog')}</p>
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2">
          <span className="text-muted text-xs">{t('logLevel')}</span>
          <select
            value={level}
            onChange={(event) => setLevel(event.target.value as typeof level)}
            className={fieldClass}
          >
            {LEVELS.map((name) => (
              <option key={name} value={name}>
                {t(`level.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <a href={`/admin/imports/${sessionId}/log.txt`} download className={buttonClass()}>
          <Download aria-hidden className="size-4" />
          {t('downloadLog', { total })}
        </a>
        {total > lines.length ? (
          <span className="text-muted text-xs">{t('logCut', { shown: lines.length })}</span>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div
        ref={frame}
        role="group"
        aria-label={t('log')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          following.current = scrollHeight - scrollTop - clientHeight < 24
        }}
        className="max-h-96 overflow-auto rounded-lg border border-line bg-surface px-3.5 py-2 font-mono text-xs leading-5"
      >
        {shown.length === 0 ? <p className="text-muted">{t('noSuchLines')}</p> : null}
        <ol>
          {shown.map((line) => (
            <li key={line.id} data-level={line.level} className="flex gap-2.5">
              <span className="shrink-0 text-muted">
                <DateTime value={line.at} as="time" />
              </span>
              <span className={clsx('w-10 shrink-0', INKS[line.level] ?? 'text-muted')}>{line.level}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {line.message} <span className="text-muted">{line.fields}</span>
              </span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  )
}

'use client'

import { CalendarClock, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { SchedulePreview } from '@/components/schedules/schedule-form-state'
import { fieldClass } from '@/components/ui/button'
import { PRESETS, type Preset, type Rhythm, WEEKDAYS } from '@/lib/schedules/presets'

interface RhythmFieldsProps {
  initial: Rhythm & { timeZone: string }
  timeZones: string[]
  /** The fields that were wrong, with the id of what says so. */
  problemIds: { cron: string | undefined; timeZone: string | undefined }
  preview: (rhythm: Rhythm, timeZone: string) => Promise<SchedulePreview>
}

/** What is typed is looked at after this long without another key, in milliseconds. */
const PAUSE_MS = 250

/** When a schedule is due: a rhythm and a time; an expression only for those who want one. Says what it comes to. */
export function RhythmFields({ initial, timeZones, problemIds, preview }: RhythmFieldsProps) {
  const t = useTranslations('schedules')
  const [chosen, setChosen] = useState(initial)
  const [shown, setShown] = useState<SchedulePreview | undefined>()
  const { preset, time, weekday, cron, timeZone } = chosen
  const change = (part: Partial<typeof chosen>) => setChosen({ ...chosen, ...part })

  useEffect(() => {
    let isStale = false
    const timer = setTimeout(async () => {
      // Without the server there is no preview; saving will say what is wrong.
      const answer = await preview({ preset, time, weekday, cron }, timeZone).catch(() => undefined)
      if (!isStale) setShown(answer)
    }, PAUSE_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [preset, time, weekday, cron, timeZone, preview])

  const hasTime = preset === 'daily' || preset === 'weekdays' || preset === 'weekly'
  return (
    <div className="space-y-3.5">
      <div className="flex flex-wrap items-end gap-3">
        <label className="block min-w-0 space-y-1 max-sm:w-full">
          <span className="font-medium">{t('often')}</span>
          <select
            name="preset"
            value={preset}
            onChange={(event) => change({ preset: event.target.value as Preset })}
            className={`${fieldClass} block w-full`}
          >
            {PRESETS.map((name) => (
              <option key={name} value={name}>
                {t(`preset.${name}`)}
              </option>
            ))}
          </select>
        </label>
        {preset === 'weekly' ? (
          <label className="block space-y-1">
            <span className="font-medium">{t('weekday')}</span>
            <select
              name="weekday"
              value={weekday}
              onChange={(event) => change({ weekday: Number(event.target.value) })}
              className={`${fieldClass} block`}
            >
              {WEEKDAYS.map((day) => (
                <option key={day} value={day}>
                  {t(`weekdays.${day}`)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {hasTime ? (
          <label className="block space-y-1">
            <span className="font-medium">{t('time')}</span>
            <input
              name="time"
              type="time"
              required
              value={time}
              onChange={(event) => change({ time: event.target.value })}
              className={`${fieldClass} block`}
            />
          </label>
        ) : null}
        <label className="block min-w-0 space-y-1 max-sm:w-full">
          <span className="font-medium">{t('timeZone')}</span>
          <input
            name="timeZone"
            list="time-zones"
            required
            autoComplete="off"
            value={timeZone}
            onChange={(event) => change({ timeZone: event.target.value })}
            aria-invalid={problemIds.timeZone !== undefined}
            aria-describedby={problemIds.timeZone ?? 'time-zone-hint'}
            className={`${fieldClass} block w-full`}
          />
        </label>
        <datalist id="time-zones">
          {timeZones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      {preset === 'custom' ? (
        <div className="space-y-1">
          <label htmlFor="cron" className="block font-medium">
            {t('cron')}
          </label>
          <input
            id="cron"
            name="cron"
            required
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            value={cron}
            onChange={(event) => change({ cron: event.target.value })}
            aria-invalid={problemIds.cron !== undefined}
            aria-describedby={problemIds.cron ?? 'cron-hint'}
            className={`${fieldClass} w-full max-w-xs font-mono`}
          />
          <p id="cron-hint" className="text-muted text-xs">
            {t('cronHint')}
          </p>
        </div>
      ) : null}
      <p id="time-zone-hint" className="text-muted text-xs">
        {t('timeZoneHint')}
      </p>
      <Preview shown={shown} />
    </div>
  )
}

function Preview({ shown }: { shown: SchedulePreview | undefined }) {
  const t = useTranslations('schedules')
  const Icon = shown === null ? TriangleAlert : CalendarClock
  return (
    <p
      role="status"
      data-preview
      className="flex min-h-10 items-start gap-2 rounded-md bg-raised px-3 py-2 [overflow-wrap:anywhere]"
    >
      <Icon aria-hidden className={`mt-px size-4 shrink-0 ${shown === null ? 'text-orange-ink' : 'text-muted'}`} />
      {shown ? <span>{t('previewText', { rhythm: shown.text, runs: shown.runs.join(' · ') })}</span> : null}
      {shown === null ? t('previewBad') : null}
      {shown === undefined ? <span className="text-muted">…</span> : null}
    </p>
  )
}

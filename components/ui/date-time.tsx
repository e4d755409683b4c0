import { useFormatter, useLocale } from 'next-intl'

interface DateTimeProps {
  value: Date
  /** `lines`: the time over the date, for narrow columns; `full`: both in one line; `time`: only the time. */
  as?: 'lines' | 'full' | 'time'
}

/** A time of day to the second, in 24 hours in every language. */
export const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const

/** A moment, in the operator's language and time zone. */
export function DateTime({ value, as = 'full' }: DateTimeProps) {
  const format = useFormatter()
  // 22.11.2026 means one day only to those who write so; elsewhere the month is spelled.
  const month = useLocale() === 'ru' ? '2-digit' : 'short'
  const day = { day: '2-digit', month, year: 'numeric' } as const
  const time = format.dateTime(value, TIME)
  const date = format.dateTime(value, day)
  const zone = format.dateTime(value, { ...day, ...TIME, timeZoneName: 'short' })
  return (
    <time dateTime={value.toISOString()} title={zone} className="whitespace-nowrap tabular-nums">
      {as === 'time' ? time : null}
      {as === 'full' ? `${date} ${time}` : null}
      {as === 'lines' ? (
        <>
          {time} <span className="block text-muted text-xs">{date}</span>
        </>
      ) : null}
    </time>
  )
}

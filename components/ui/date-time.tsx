import { useFormatter } from 'next-intl'

interface DateTimeProps {
  value: Date
  /** `lines`: the time over the date, for narrow columns; `full`: both in one line; `time`: only the time. */
  as?: 'lines' | 'full' | 'time'
}

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
const DATE = { day: '2-digit', month: '2-digit', year: 'numeric' } as const

/** A moment, in the operator's language and time zone. */
export function DateTime({ value, as = 'full' }: DateTimeProps) {
  const format = useFormatter()
  const time = format.dateTime(value, TIME)
  const date = format.dateTime(value, DATE)
  const zone = format.dateTime(value, { ...DATE, ...TIME, timeZoneName: 'short' })
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

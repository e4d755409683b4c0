import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'
import type { ImportType, SessionStatus, StepKind } from '@/prisma/client/enums'

// How old what was imported is, by type. Pure.

/** A session that ended, with the steps that brought records. */
export interface EndedSession {
  id: number
  types: ImportType[]
  status: SessionStatus
  finishedAt: Date
  brought: StepKind[]
}

export interface Freshness {
  type: ImportType
  /** The last session that was to bring it, whatever became of that. */
  last: EndedSession | null
  /** The last that brought it. */
  lastGood: EndedSession | null
  /** The usual time between two that brought it, in milliseconds; null while there are too few. */
  usualGap: number | null
  /** It is much older than usual. */
  stale: boolean
}

/** The step without which a type brings nothing; a session of another type that runs it brings the same. */
const MAIN_STEP = {
  catalog: null,
  variants: 'offers',
  attributes: 'properties',
  images: 'images',
  stocks: 'stock',
  prices: 'prices',
  customers: 'customers',
} as const satisfies Record<ImportType, StepKind | null>

/** What takes so many times longer than usual is late. */
const LATE_AFTER_GAPS = 3
const HOUR = 3_600_000
/** While nothing is usual yet, a week is late. */
const LATE_WITHOUT_RHYTHM = 7 * 24 * HOUR
/** So many of the last gaps tell what is usual, and no fewer than so many. */
const GAPS = { most: 10, fewest: 3 }

const isGood = ({ status }: EndedSession) => status === 'COMPLETED' || status === 'COMPLETED_WITH_ERRORS'

/** Of each type, what was imported last and how old it is; `sessions` are the last ones of every type, in any order. */
export function freshnessOf(sessions: readonly EndedSession[], now: Date): Freshness[] {
  const newestFirst = sessions.toSorted((a, b) => b.finishedAt.getTime() - a.finishedAt.getTime())
  return IMPORT_TYPE_NAMES.map((type) => {
    const step = MAIN_STEP[type]
    const bringing = newestFirst.filter(
      (session) => session.types.includes(type) || (step !== null && isGood(session) && session.brought.includes(step)),
    )
    const good = bringing.filter(isGood)
    const usualGap = usualGapOf(good.map(({ finishedAt }) => finishedAt.getTime()))
    const late = usualGap === null ? LATE_WITHOUT_RHYTHM : Math.max(HOUR, LATE_AFTER_GAPS * usualGap)
    const [lastGood = null] = good
    const stale = lastGood !== null && now.getTime() - lastGood.finishedAt.getTime() > late
    return { type, last: bringing[0] ?? null, lastGood, usualGap, stale }
  })
}

/** The middle one of the last gaps between moments, the newest moment first. */
function usualGapOf(moments: readonly number[]): number | null {
  const gaps = moments.slice(1, GAPS.most + 1).map((moment, index) => (moments[index] ?? moment) - moment)
  if (gaps.length < GAPS.fewest) return null
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? null
}

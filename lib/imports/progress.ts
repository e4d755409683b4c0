import type { StepKind } from '@/prisma/client/enums'

// How far an import is, and how long it will take: arithmetic only. The share of a part is the share of the time it is
// expected to take, learned from imports before (lib/imports/pace.ts), so that the percentage moves evenly.

/** Seconds a record takes in a step, and a session's share of reading: what was measured once, until more is known. */
export const USUAL_SECONDS_PER_RECORD: Record<StepKind, number> = {
  groups: 1e-4,
  properties: 2e-4,
  price_types: 1e-4,
  warehouses: 1e-4,
  goods: 2.5e-4,
  offers: 7e-5,
  prices: 1e-5,
  stock: 1e-5,
  images: 5e-3,
  customers: 5e-5,
}
export const USUAL_READING_SHARE = 0.4

/** What a step takes however few its records are, in seconds. */
const SECONDS_PER_STEP = 0.02

/** What an import of these records is expected to take, step by step. */
export const expectedSeconds = (records: number, secondsPerRecord: number): number =>
  SECONDS_PER_STEP + records * secondsPerRecord

/** From here on a step that takes longer than expected only creeps towards its end, and never reaches it before it is there. */
const CREEP_FROM = 0.8

/** How far a step is taken to be that nobody can look into: by the time it has taken, of the time expected. */
export function shareByTime(elapsed: number, expected: number): number {
  const share = expected > 0 ? Math.max(0, elapsed) / expected : 1
  if (share <= CREEP_FROM) return share
  const rest = 1 - CREEP_FROM
  return CREEP_FROM + rest * (1 - Math.exp((CREEP_FROM - share) / rest))
}

export interface Parts {
  /** 0…1: what reading is taken for. */
  readingShare: number
  /** 0…1: how much of it is read. */
  read: number
  /** In seconds expected: of the steps done, in any attempt; done of the one that runs; of all. */
  done: number
  running: number
  all: number
}

/** How far the session is, 0…1; 1 is for the end alone. */
export function overallShare({ readingShare, read, done, running, all }: Parts): number {
  const applied = all > 0 ? (done + running) / all : 0
  return clamp(readingShare * clamp(read) + (1 - readingShare) * clamp(applied), 0, 0.999)
}

/** At a moment, in milliseconds: how far it was, and how many records were done. */
export interface Sample {
  at: number
  share: number
  records: number
}

/** What is told of speed and time left comes from so much of the past, in milliseconds. */
const WINDOW_MS = 60_000
/** Of less than this nothing can be told. */
const AT_LEAST_MS = 2_000
/** Before this share any time left would be a guess. */
const TOLD_FROM = 0.05

/** What the last minute says; null: it cannot be told. `samples` are in order of time. */
export function estimate(samples: readonly Sample[]): { secondsLeft: number | null; recordsPerSecond: number | null } {
  const last = samples.at(-1)
  const first = last && samples.find(({ at }) => at >= last.at - WINDOW_MS)
  if (!last || !first || last.at - first.at < AT_LEAST_MS) return { secondsLeft: null, recordsPerSecond: null }
  const seconds = (last.at - first.at) / 1000
  const perSecond = (last.share - first.share) / seconds
  const records = (last.records - first.records) / seconds
  return {
    secondsLeft: last.share < TOLD_FROM || perSecond <= 0 ? null : Math.round((1 - last.share) / perSecond),
    recordsPerSecond: records > 0 ? records : null,
  }
}

/** Without the samples that no estimate looks at any more. */
export const recent = (samples: readonly Sample[]): Sample[] => {
  const last = samples.at(-1)
  return last ? samples.filter(({ at }) => at >= last.at - WINDOW_MS) : []
}

const clamp = (value: number, min = 0, max = 1): number => Math.min(max, Math.max(min, value))

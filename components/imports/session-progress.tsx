import { LiveProgress } from '@/components/imports/live-progress'
import { stageOf } from '@/components/imports/stage'
import type { SessionSummary } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'

/** A bar, and under it in words what the session is at; it moves with the live events. */
export function SessionProgress({ session }: { session: SessionSummary }) {
  const { id, status, jobState, progress, reported, rowsTotal } = session
  // What a settled session reported last is of no use to the browser.
  const running = isActive(status) && jobState === 'STARTED' ? { reported, rowsTotal } : null
  return <LiveProgress id={id} jobState={jobState} share={progress} stage={stageOf(session)} running={running} />
}

import { sharedRead } from '@/lib/events/shared-read'
import { versioned } from '@/lib/imports/view'
import { importFreshness, queueNow, workersNow } from '@/lib/overview/queries'
import { statistics } from '@/lib/overview/statistics'

/** What the overview shows, read once for everybody in the same time zone (lib/imports/view.ts). */
export const overviewView = (timeZone: string) =>
  sharedRead(`overview ${timeZone}`, async () => {
    const now = new Date()
    const [freshness, queue, workers, statisticsNow] = await Promise.all([
      importFreshness(now),
      queueNow(),
      workersNow(),
      statistics(now, timeZone),
    ])
    return versioned({ freshness, queue, workers, statistics: statisticsNow })
  })

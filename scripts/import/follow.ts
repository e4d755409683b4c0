import { setTimeout } from 'node:timers/promises'
import { Presets, SingleBar } from 'cli-progress'
import { getSession, isAnyWorkerAlive } from '@/lib/imports/queries'
import type { SessionDetails } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'
import { NO_WORKER, statusName, stepName } from '@/scripts/import/words'

const LOOK_EVERY_MS = 300

/** Waits until the session is settled, and meanwhile tells on stderr how it goes. */
export async function follow(sessionId: number): Promise<SessionDetails> {
  const tell = process.stderr.isTTY ? progressBar() : plainLines()
  let toldOfWorker = false
  for (;;) {
    const session = await getSession(sessionId)
    if (!session) throw new Error(`Сессии ${sessionId} больше нет.`)
    tell.state(session)
    if (!isActive(session.status)) {
      tell.end()
      return session
    }
    if (session.jobState === 'PENDING' && !toldOfWorker && !(await isAnyWorkerAlive())) {
      toldOfWorker = true
      tell.say(NO_WORKER)
    }
    await setTimeout(LOOK_EVERY_MS)
  }
}

/** What the session is doing, in a few words. */
function doing(session: SessionDetails): string {
  switch (session.jobState) {
    case 'PENDING':
      return 'в очереди'
    case 'RETRY':
      return `попытка ${session.attempt} не удалась, следующая в ${session.retryAt?.toLocaleTimeString('ru') ?? '…'}: ${session.errorMessage ?? ''}`
    case 'LOST':
      return 'обработчик не отвечает'
    case 'STARTED':
      return session.currentStep ? stepName[session.currentStep].toLowerCase() : 'чтение файлов'
    default:
      return statusName[session.status].toLowerCase()
  }
}

interface Teller {
  state(session: SessionDetails): void
  say(line: string): void
  end(): void
}

function progressBar(): Teller {
  const format = 'Сессия {id} {bar} {percentage} % · {doing}'
  // cli-progress writes to stderr: stdout is for the answer.
  const bar = new SingleBar({ format, barsize: 30, stopOnComplete: false, hideCursor: true }, Presets.shades_grey)
  bar.start(100, 0, { id: '', doing: '' })
  return {
    state: (session) => bar.update(Math.floor(session.progress * 100), { id: session.id, doing: doing(session) }),
    say: (line) => process.stderr.write(`\n${line}\n`),
    end: () => bar.stop(),
  }
}

/** A line for each change, for logs and pipes. */
function plainLines(): Teller {
  let last = ''
  return {
    state(session) {
      const now = doing(session)
      if (now !== last) console.error(`Сессия ${session.id}: ${now}`)
      last = now
    },
    say: (line) => console.error(line),
    end: () => {},
  }
}

import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Child, ChildDied, type Program, startChild } from '@/scripts/start/child'

/** How often a program that ends by itself is started again within that time; more is no mishap any more. */
const RESTARTS = 5
const WITHIN_MS = 60_000
/** For the port to be free again, and for what keeps it from starting to pass. */
const PAUSE_MS = 500

export interface KeptChild {
  /** The process that runs now. */
  current(): Child
  /** Starts the program again whenever it ends by itself, from now on; fails with its last lines when it ends too often. */
  keep(): Promise<never>
  /** As of a child; it is not started again. */
  stop(withinMs: number): Promise<void>
}

/** Starts a long-running program that can be kept running once it is known to work. */
export function startKeptChild(program: Program): KeptChild {
  let child = startChild(program)
  let stopping = false
  const endings: number[] = []
  return {
    current: () => child,
    async keep() {
      for (;;) {
        try {
          await child.died
        } catch (error) {
          const recent = endings.filter((at) => at > Date.now() - WITHIN_MS).length
          if (!(error instanceof ChildDied) || recent >= RESTARTS) throw error
          endings.push(Date.now())
          console.log(`${error.what} Запускаю снова; журнал: ${path.relative('.', program.logFile)}`)
        }
        await setTimeout(PAUSE_MS)
        if (stopping) return new Promise(() => {})
        child = startChild(program)
      }
    },
    stop(withinMs) {
      stopping = true
      return child.stop(withinMs)
    },
  }
}

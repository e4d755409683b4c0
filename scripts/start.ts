// npm start: everything on one machine — database, migrations, first admin, sample export, build, web and worker.
// npm run dev: the same with a web server that rebuilds on change.
import { startEverything } from '@/scripts/start/everything'
import { StartFailure } from '@/scripts/start/failure'

const stop = new AbortController()
const asked = new Promise<void>((resolve) => {
  stop.signal.addEventListener('abort', () => resolve())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Who asks twice does not want to wait.
      if (stop.signal.aborted) process.exit(130)
      stop.abort()
    })
  }
})

// `kill` of npm ends the shell between npm and us, and tells us nothing: but we have another parent then.
const shell = process.ppid
if (process.env.npm_lifecycle_event) {
  setInterval(() => {
    if (process.ppid !== shell) stop.abort()
  }, 250).unref()
}

/** What undoes each thing done so far. */
const undo: (() => unknown)[] = []
const starting = startEverything({
  dev: process.argv.includes('--dev'),
  signal: stop.signal,
  onStop: (action) => undo.push(action),
})

let exitCode = 0
try {
  const running = await Promise.race([starting, asked])
  if (running) {
    console.log(running.greeting)
    await Promise.race([asked, running.broken])
  }
} catch (error) {
  exitCode = 1
  console.error(error instanceof StartFailure ? `\n${error.message}` : error)
}
if (stop.signal.aborted) console.log('Останавливаю…')
stop.abort()
await starting.catch(() => {})
for (const action of undo.reverse()) await action()
process.exit(exitCode)

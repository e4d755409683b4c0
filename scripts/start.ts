// npm start: everything on one machine — database, migrations, first admin, sample export, build, web and worker.
// npm run dev: the same with a web server that rebuilds on change.
//
// package.json starts this by `exec`: a shell left between npm and us would die of Ctrl-C at once, and npm with it, while
// we are still stopping. (On Windows there is no exec; what stands behind || is for it.)
import { startEverything } from '@/scripts/start/everything'
import { StartFailure } from '@/scripts/start/failure'

const stop = new AbortController()
const asked = new Promise<void>((resolve) => {
  stop.signal.addEventListener('abort', () => resolve())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Ctrl-C comes twice, from the terminal and from npm: once is enough, and stopping takes 10 s at the most.
    process.on(signal, () => stop.abort())
  }
})

// A killed npm tells us nothing: but we have another parent then.
const parent = process.ppid
if (process.env.npm_lifecycle_event) {
  setInterval(() => {
    if (process.ppid !== parent) stop.abort()
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

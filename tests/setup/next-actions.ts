import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { DIST_DIR } from '@/tests/setup/build'

// Server actions as somebody calls them who has no page of ours: by the id that the build gave them.

/** Files of the project under these folders, with `/` between the parts. */
export const filesUnder = (...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name).split(path.sep).join('/')),
  )

/** Every server action that the sources export, as `file#name`. */
export const actionsInSources = (): string[] =>
  filesUnder('app', 'lib', 'components').flatMap((file) => {
    if (!/\.tsx?$/.test(file)) return []
    const source = readFileSync(file, 'utf8')
    // One inside a function would be an action too, and one that nobody could name here.
    if (!/^\s*['"]use server['"]/m.test(source)) return []
    if (!/^['"]use server['"]/.test(source)) return [`${file}#an inline action`]
    return [...source.matchAll(/^export (?:default )?(?:async function|function|const) (\w+)/gm)].map(
      ([, name]) => `${file}#${name}`,
    )
  })

/** The id that the build gave an action, and a page that has it. */
function builtAction(action: string): string {
  const manifest = JSON.parse(readFileSync(path.join(DIST_DIR, 'server', 'server-reference-manifest.json'), 'utf8'))
  const [filename, exportedName] = action.split('#')
  for (const [id, built] of Object.entries<{ filename: string; exportedName: string }>(manifest.node)) {
    if (built.filename === filename && built.exportedName === exportedName) return id
  }
  throw new Error(`The build has no action ${action}`)
}

type EncodeReply = (args: unknown[]) => Promise<string | FormData>

/** Next.js's own coding of an action's arguments. */
const { encodeReply } = createRequire(import.meta.url)('next/dist/compiled/react-server-dom-turbopack/client.node') as {
  encodeReply: EncodeReply
}

/** Calls an action on the page at `url`. */
export async function callAction(
  url: string,
  action: string,
  args: unknown[],
  headers: Record<string, string>,
): Promise<Response> {
  const body = await encodeReply(args)
  const type: Record<string, string> = typeof body === 'string' ? { 'Content-Type': 'text/plain;charset=UTF-8' } : {}
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...type, Accept: 'text/x-component', 'Next-Action': builtAction(action), ...headers },
    body,
  })
}

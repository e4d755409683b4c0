// npm run import -- --types catalog,prices [--source DIR] [--dry-run] [--allow-mass-deactivation] [--wait] [--json]:
// starts an import as the form does.
// Exit code 0: started (with --wait: completed); 1: refused, failed or cancelled.
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { envOrExit } from '@/lib/env'
import { startImport } from '@/lib/imports/commands'
import { getSession } from '@/lib/imports/queries'
import { isActive } from '@/lib/imports/status'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'
import type { ImportType } from '@/prisma/client/enums'
import { follow } from '@/scripts/import/follow'
import { reportLines, reportObject } from '@/scripts/import/report'
import { DRY_RUN, refusalText, statusName, typeName } from '@/scripts/import/words'

const isType = (name: string): name is ImportType => (IMPORT_TYPE_NAMES as string[]).includes(name)

function toTypes(text: string): ImportType[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => name !== '' && !isType(name))
  if (unknown.length > 0) throw new InvalidArgumentError(`Нет такого типа: ${unknown.join(', ')}.`)
  return names.filter(isType)
}

interface Options {
  types: ImportType[]
  source?: string
  dryRun?: true
  allowMassDeactivation?: true
  wait?: true
  json?: true
}

const offered = IMPORT_TYPE_NAMES.map((name) => `${name} (${typeName[name]})`).join(', ')

const options = new Command('npm run import --')
  .description('Запускает импорт выгрузки 1С')
  .requiredOption('--types <types>', `через запятую: ${offered}`, toTypes)
  .option('--source <dir>', 'папка с выгрузкой; по умолчанию ONEC_DATA_DIR')
  .option('--dry-run', 'пробный запуск: тот же отчёт, но в базу ничего не записывается')
  .option('--allow-mass-deactivation', 'разрешить полной выгрузке отключить 30 % активного и больше')
  .option('--wait', 'дождаться окончания')
  .option('--json', 'напечатать итог одним объектом JSON')
  .parse()
  .opts<Options>()

const source = options.source ? path.resolve(options.source) : envOrExit().ONEC_DATA_DIR
envOrExit()
const { types, dryRun = false, allowMassDeactivation = false } = options
const started = await startImport({ types, source, dryRun, allowMassDeactivation, actor: null })
if (!started.ok) {
  const message = refusalText(started)
  console.error(message)
  if (options.json) console.log(JSON.stringify({ refused: started.reason, message }))
  process.exit(1)
}

const { sessionId, jobId } = started
console.error(`${dryRun ? 'Пробный запуск начат' : 'Импорт запущен'}: сессия ${sessionId}, задача № ${jobId}.`)
const session = options.wait ? await follow(sessionId) : await getSession(sessionId)
if (!session) throw new Error(`Сессии ${sessionId} больше нет.`)

if (options.json) console.log(JSON.stringify(reportObject(session)))
else if (options.wait) {
  for (const line of reportLines(session)) console.log(line)
  console.log(`${statusName[session.status]}.${session.errorMessage ? ` ${session.errorMessage}` : ''}`)
  if (dryRun) console.log(DRY_RUN)
}
const wentWell = isActive(session.status) || session.jobState === 'SUCCESS'
process.exit(wentWell ? 0 : 1)

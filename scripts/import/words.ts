import type { StartResult } from '@/lib/imports/commands'
import type { ContentKind } from '@/lib/imports/types'
// The words of the pages: the command line says the same things.
import words from '@/messages/ru.json' with { type: 'json' }

export const { importType: typeName, status: statusName, step: stepName } = words

type Refusal = Extract<StartResult, { ok: false }>

/** Why an import was not started, as a sentence. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.reason) {
    case 'no_types':
      return words.start.no_types
    case 'export_missing':
      return `${refusal.source}: ${words.start.exportMissing} Укажите другую: --source ПАПКА или ONEC_DATA_DIR.`
    case 'files_missing':
      return words.start.files_missing.replace('{kinds}', refusal.kinds.map(contentName).join(', '))
    case 'catalogue_empty':
      return words.start.catalogue_empty
    case 'already_active':
      return `Такой импорт уже идёт: сессия ${refusal.sessionId}. Дождитесь его окончания.`
  }
}

const contentName = (kind: ContentKind) => words.content[kind].toLowerCase()

export const DRY_RUN = `${words.dryRun.badge}. ${words.dryRun.stopped}`

export const NO_WORKER = 'Нет работающего обработчика: импорт ждёт в очереди. Запустите его: npm run worker.'

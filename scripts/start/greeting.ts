import { existsSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { LOCAL_DIR } from '@/lib/env'
import { verifyPassword } from '@/lib/password'
import type { Variables } from '@/scripts/start/settings'

interface Greeting {
  url: string
  databaseUrl: string
  exportDirectory: string
  /** Whether the export is the generated one. */
  isSample: boolean
  /** What the seed used. */
  admin: Variables
  /** Whether the person chose the password, so that it need not be shown. */
  passwordWasGiven: boolean
}

/** The one block that says where Obmen is, how to get in, and what to press first. */
export async function greeting(about: Greeting): Promise<string> {
  const here = (file: string) => path.relative('.', path.join(LOCAL_DIR, file))
  const hint = about.isSample ? ' (сгенерированный пример; своя выгрузка: ONEC_DATA_DIR=/путь npm start)' : ''
  const missing = existsSync(about.exportDirectory) ? '' : ' — такого каталога нет'
  return `
  Obmen работает:  ${about.url}

    Эл. почта   ${about.admin.ADMIN_EMAIL ?? 'см. npm run user -- list'}
    Пароль      ${await passwordLine(about)}
    Сначала     войдите и нажмите «Запустить импорт из 1С»
    Выгрузка    ${about.exportDirectory}${missing}${hint}
    Журналы     ${here('logs/web.log')}, ${here('logs/worker.log')}
                строки задачи 57: grep -F '[Task 57]' ${here('logs/worker.log')}
    Остановить  Ctrl-C
`
}

async function passwordLine({ databaseUrl, admin, passwordWasGiven }: Greeting): Promise<string> {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = admin
  if (!email || !password) return 'сменить: npm run user -- password АДРЕС'
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ password_hash: string }>('select password_hash from users where email = $1', [
      email.toLowerCase(),
    ])
    const hash = rows[0]?.password_hash
    if (!hash || !(await verifyPassword(password, hash))) return `изменён; новый: npm run user -- password ${email}`
    return passwordWasGiven ? 'из ADMIN_PASSWORD' : password
  } finally {
    await client.end()
  }
}

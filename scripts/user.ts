// npm run user -- add|password|disable|enable|list: the people who may sign in.
import { randomBytes } from 'node:crypto'
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { database } from '@/lib/db'
import { envOrExit } from '@/lib/env'
import { hashPassword } from '@/lib/password'
import { Prisma } from '@/prisma/client/client'
import { Role } from '@/prisma/client/enums'

const ROLES = Object.values(Role)
/** As lib/env.ts asks of ADMIN_PASSWORD. */
const SHORTEST_PASSWORD = 8

function toEmail(text: string): string {
  const parsed = z.email().safeParse(text.trim().toLowerCase())
  if (!parsed.success) throw new InvalidArgumentError('Это не адрес электронной почты.')
  return parsed.data
}

function toPassword(text: string): string {
  if (text.length < SHORTEST_PASSWORD) throw new InvalidArgumentError(`Не короче ${SHORTEST_PASSWORD} знаков.`)
  return text
}

const emailArgument = () => new Argument('<email>', 'адрес, которым пользователь входит').argParser(toEmail)
const passwordOption = () =>
  new Option('--password <password>', 'без него пароль создаётся и печатается').argParser(toPassword)

const program = new Command('npm run user --').description('Пользователи Obmen')

program
  .command('add')
  .description('добавить пользователя')
  .addArgument(emailArgument())
  .addOption(new Option('--role <role>', 'роль').choices(ROLES.map((role) => role.toLowerCase())).default('operator'))
  .option('--name <name>', 'имя')
  .addOption(passwordOption())
  .action(async (email: string, options: { role: string; name?: string; password?: string }) => {
    const role = options.role.toUpperCase() as Role
    const password = options.password ?? newPassword()
    const passwordHash = await hashPassword(password)
    try {
      await database().user.create({ data: { email, name: options.name ?? null, role, passwordHash } })
    } catch (error) {
      if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error
      fail(`Пользователь ${email} уже есть.`)
    }
    console.log(`Добавлен ${email} (${options.role}).`)
    if (!options.password) console.log(`Пароль: ${password}`)
  })

program
  .command('password')
  .description('сменить пароль')
  .addArgument(emailArgument())
  .addOption(passwordOption())
  .action(async (email: string, options: { password?: string }) => {
    const password = options.password ?? newPassword()
    await change(email, { passwordHash: await hashPassword(password) })
    console.log(`Пароль ${email} изменён.`)
    if (!options.password) console.log(`Пароль: ${password}`)
  })

program
  .command('disable')
  .description('запретить вход; открытые сеансы кончаются при следующем запросе')
  .addArgument(emailArgument())
  .action(async (email: string) => {
    await change(email, { isActive: false })
    console.log(`Вход для ${email} закрыт.`)
  })

program
  .command('enable')
  .description('снова разрешить вход')
  .addArgument(emailArgument())
  .action(async (email: string) => {
    await change(email, { isActive: true })
    console.log(`Вход для ${email} открыт.`)
  })

program
  .command('list')
  .description('показать всех')
  .action(async () => {
    const users = await database().user.findMany({
      select: { email: true, role: true, name: true, isActive: true },
      orderBy: { email: 'asc' },
    })
    for (const { email, role, name, isActive } of users) {
      console.log([email, role.toLowerCase(), isActive ? '' : 'отключён', name].filter(Boolean).join('\t'))
    }
  })

async function change(email: string, data: { passwordHash: string } | { isActive: boolean }): Promise<void> {
  const { count } = await database().user.updateMany({ where: { email }, data })
  if (count === 0) fail(`Пользователя ${email} нет.`)
}

const newPassword = () => randomBytes(9).toString('base64url')

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

await program.hook('preAction', () => void envOrExit()).parseAsync()
process.exit(0)

// npm run user -- add|password|disable|enable|list: the people who may sign in.
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { envOrExit } from '@/lib/env'
import { newPassword, PASSWORD_LENGTH } from '@/lib/password'
import { addUser, disableUser, enableUser, resetPassword, type UserChange } from '@/lib/users/commands'
import { listUsers, userIdOf } from '@/lib/users/queries'
import { Role } from '@/prisma/client/enums'

const ROLES = Object.values(Role)

function toEmail(text: string): string {
  const parsed = z.email().safeParse(text.trim().toLowerCase())
  if (!parsed.success) throw new InvalidArgumentError('Это не адрес электронной почты.')
  return parsed.data
}

function toPassword(text: string): string {
  const { min, max } = PASSWORD_LENGTH
  if (text.length < min || text.length > max) throw new InvalidArgumentError(`От ${min} до ${max} знаков.`)
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
    const result = await addUser({ email, name: options.name ?? null, role, password }, null)
    if (!result.ok) fail(`Пользователь ${email} уже есть.`)
    console.log(`Добавлен ${email} (${options.role}).`)
    if (!options.password) console.log(`Пароль: ${password}`)
  })

program
  .command('password')
  .description('сменить пароль; открытые сеансы кончаются, блокировка входа снимается')
  .addArgument(emailArgument())
  .addOption(passwordOption())
  .action(async (email: string, options: { password?: string }) => {
    const password = options.password ?? newPassword()
    await change(email, (id) => resetPassword(id, password, null))
    console.log(`Пароль ${email} изменён.`)
    if (!options.password) console.log(`Пароль: ${password}`)
  })

program
  .command('disable')
  .description('запретить вход; открытые сеансы кончаются при следующем запросе')
  .addArgument(emailArgument())
  .action(async (email: string) => {
    await change(email, (id) => disableUser(id, null))
    console.log(`Вход для ${email} закрыт.`)
  })

program
  .command('enable')
  .description('снова разрешить вход')
  .addArgument(emailArgument())
  .action(async (email: string) => {
    await change(email, (id) => enableUser(id, null))
    console.log(`Вход для ${email} открыт.`)
  })

program
  .command('list')
  .description('показать всех')
  .action(async () => {
    const users = await listUsers()
    for (const { email, role, name, isActive } of users) {
      console.log([email, role.toLowerCase(), isActive ? '' : 'отключён', name].filter(Boolean).join('\t'))
    }
  })

async function change(email: string, act: (id: number) => Promise<UserChange>): Promise<void> {
  const id = await userIdOf(email)
  const result = id === null ? null : await act(id)
  if (!result) fail(`Пользователя ${email} нет.`)
  if (!result.ok) fail(`${email} — последний действующий администратор: сначала назначьте другого.`)
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

await program.hook('preAction', () => void envOrExit()).parseAsync()
process.exit(0)

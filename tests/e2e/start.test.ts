import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '@/tests/setup/eventually'
import { freshInstallation, greetingOf, localSettings, startIn } from '@/tests/setup/installation'
import { queryAt } from '@/tests/setup/query-at'

test('starts from nothing, keeps its data, and recovers from being killed', async () => {
  const directory = freshInstallation()
  const first = await startIn(directory)
  await greetingOf(first)
  expect((await fetch(`${first.url}/api/health`)).status).toBe(200)
  expect(first.output()).toContain(`Obmen работает:  ${first.url}`)

  const settings = localSettings(directory)
  expect(first.output()).toContain(settings.ADMIN_EMAIL)
  expect(first.output()).toContain(settings.ADMIN_PASSWORD)
  expect(statSync(path.join(directory, '.data/local.env')).mode & 0o777).toBe(0o600)
  expect(statSync(path.join(directory, '.data/sample/goods/goods.xml')).size).toBeGreaterThan(100_000)
  const databaseUrl = settings.DATABASE_URL ?? ''
  await queryAt(databaseUrl, "update users set name = 'Kept'")

  const meanwhile = await startIn(directory)
  expect(await meanwhile.ended).toBe(1)
  expect(meanwhile.output()).toContain(`уже запущен из этого каталога: ${first.url}`)

  await first.stop('SIGKILL')
  const second = await startIn(directory)
  await greetingOf(second)
  expect(await queryAt(databaseUrl, 'select name from users')).toEqual([{ name: 'Kept' }])
  expect(second.output()).toContain(settings.ADMIN_PASSWORD)

  expect(await second.stop('SIGTERM')).toBe(0)
  await expect(fetch(`${second.url}/api/health`)).rejects.toThrow()
  await expect(queryAt(databaseUrl, 'select')).rejects.toThrow('ECONNREFUSED')
})

test('starts the worker and the web again when they die, and stops everything when that does not help', async () => {
  const directory = freshInstallation()
  const started = await startIn(directory)
  await greetingOf(started)
  const workers = () =>
    queryAt(localSettings(directory).DATABASE_URL ?? '', 'select pid from workers order by started_at desc')
  const kill = (pid: unknown) => process.kill(Number(pid), 'SIGKILL')

  const [first] = await workers()
  kill(first?.pid)
  await eventually(async () => expect((await workers())[0]?.pid).not.toBe(first?.pid), 20_000)
  expect(started.output()).toMatch(
    /^Обработчик импорта \(worker\): процесс завершился \(сигнал SIGKILL\)\. Запускаю снова; журнал: .*worker\.log$/m,
  )

  const children = execFileSync('ps', ['--ppid', `${started.pid}`, '-o', 'pid=,args='], { encoding: 'utf8' })
  kill(children.match(/^ *(\d+) .*next/m)?.[1])
  await eventually(async () => expect((await fetch(`${started.url}/api/health/ready`)).status).toBe(200), 20_000)
  expect(started.output()).toContain('Веб-сервер: процесс завершился (сигнал SIGKILL). Запускаю снова')

  let hasEnded = false
  const ended = started.ended.finally(() => {
    hasEnded = true
  })
  let last = first?.pid
  await eventually(async () => {
    if (hasEnded) return
    const [newest] = await workers()
    if (newest?.pid !== last) kill(newest?.pid)
    last = newest?.pid
    throw new Error('It still starts again.')
  }, 50_000)
  expect(await ended).toBe(1)
  expect(started.output().match(/worker\): .* Запускаю снова/g)).toHaveLength(5)
  expect(started.output()).toContain('worker ready')
})

test('says in one line which port is taken', async () => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as { port: number }
  const started = await startIn(freshInstallation(), { PORT: `${port}` })
  expect(await started.ended).toBe(1)
  expect(started.output().trim()).toBe(
    `Порт ${port} занят другой программой. Освободите его или выберите другой: PORT=3001 npm start`,
  )
})

test('with a database of its own, a production server makes up no secret', async () => {
  const env = { NODE_ENV: 'production', DATABASE_URL: process.env.DATABASE_URL ?? '' }
  const nothing = await startIn(freshInstallation(), env)
  expect(await nothing.ended).toBe(1)
  expect(nothing.output()).toContain('Не заданы: NEXTAUTH_SECRET.')

  const directory = freshInstallation()
  writeFileSync(path.join(directory, '.env'), 'NEXTAUTH_SECRET=a secret that is long enough\n')
  const noPassword = await startIn(directory, env)
  expect(await noPassword.ended).toBe(1)
  expect(noPassword.output()).toContain('Не заданы: ADMIN_PASSWORD.')
})

test('says in one line that the database does not answer', async () => {
  const started = await startIn(freshInstallation(), { DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' })
  expect(await started.ended).toBe(1)
  expect(started.output()).toMatch(/^База данных 127\.0\.0\.1:1\/c \(DATABASE_URL\) не отвечает: .*ECONNREFUSED/m)
})

import type { Permission } from '@/lib/permissions'
import { query, start } from '@/tests/setup/imports'

// Who may see and do what, route by route and action by action. A new page, route or server action is entered here:
// tests/e2e/security.test.ts finds them in the sources, and asks the server for each as everybody.

/** What one must have: nothing, a sign-in, a permission of lib/permissions.ts, or what nobody has. */
export type Need = 'nothing' | 'sign_in' | 'nobody' | Permission

/** What is there to be asked for. */
export interface World {
  sessionId: number
  /** Of what an action is about. */
  id: number
  pictureHash: string
  scheduleId: number
  /** Somebody who asks for nothing, to be changed by others. */
  targetId: number
}

interface RouteRule {
  path: string | ((world: World) => string)
  needs: Need
  /** The status for those who may; 200 when not said. */
  answers?: number
  /** The status for those who have signed in, where that is another. */
  answersSignedIn?: number
  /** The answer has no end. */
  streams?: boolean
}

/** Every page.tsx and route.ts under app/; one that not everybody may see all of, several times, with a word for each. */
export const ROUTES: Record<string, RouteRule> = {
  'page.tsx': { path: '/', needs: 'nothing', answers: 307 },
  'login/page.tsx': { path: '/login', needs: 'nothing', answersSignedIn: 307 },
  'admin/page.tsx': { path: '/admin', needs: 'sign_in', answers: 307 },
  'admin/imports/page.tsx': { path: '/admin/imports', needs: 'imports.read' },
  'admin/imports/history.csv/route.ts': { path: '/admin/imports/history.csv', needs: 'imports.read' },
  'admin/overview/page.tsx': { path: '/admin/overview', needs: 'imports.read' },
  // A viewer sees the form, but cannot use it.
  'admin/imports/new/page.tsx': { path: '/admin/imports/new', needs: 'imports.read' },
  'admin/imports/[id]/page.tsx': { path: ({ sessionId }) => `/admin/imports/${sessionId}`, needs: 'imports.read' },
  'admin/imports/[id]/problems/page.tsx': {
    path: ({ sessionId }) => `/admin/imports/${sessionId}/problems`,
    needs: 'imports.read',
  },
  'admin/imports/[id]/problems.csv/route.ts': {
    path: ({ sessionId }) => `/admin/imports/${sessionId}/problems.csv`,
    needs: 'imports.read',
  },
  'admin/imports/[id]/log.txt/route.ts': {
    path: ({ sessionId }) => `/admin/imports/${sessionId}/log.txt`,
    needs: 'imports.read',
  },
  'admin/catalog/[step]/[id]/page.tsx': { path: '/admin/catalog/goods/g', needs: 'catalog.read' },
  'admin/catalog/[step]/[id]/page.tsx (customer)': { path: '/admin/catalog/customers/c', needs: 'customers.read' },
  'admin/users/page.tsx': { path: '/admin/users', needs: 'users.manage' },
  'admin/users/new/page.tsx': { path: '/admin/users/new', needs: 'users.manage' },
  'admin/users/[id]/page.tsx': { path: ({ targetId }) => `/admin/users/${targetId}`, needs: 'users.manage' },
  'admin/audit/page.tsx': { path: '/admin/audit', needs: 'audit.read' },
  'admin/notifications/page.tsx': { path: '/admin/notifications', needs: 'sign_in' },
  'admin/schedules/page.tsx': { path: '/admin/schedules', needs: 'imports.read' },
  // A viewer is told that the form is not theirs.
  'admin/schedules/new/page.tsx': { path: '/admin/schedules/new', needs: 'imports.read' },
  'admin/schedules/[id]/page.tsx': {
    path: ({ scheduleId }) => `/admin/schedules/${scheduleId}`,
    needs: 'imports.read',
  },
  'admin/profile/page.tsx': { path: '/admin/profile', needs: 'sign_in' },
  'api/auth/[...nextauth]/route.ts': { path: '/api/auth/session', needs: 'nothing' },
  'api/health/route.ts': { path: '/api/health', needs: 'nothing' },
  'api/health/ready/route.ts': { path: '/api/health/ready', needs: 'nothing' },
  'api/imports/check/route.ts': { path: '/api/imports/check', needs: 'imports.read' },
  'api/imports/events/route.ts': { path: '/api/imports/events', needs: 'imports.read', streams: true },
  // Its own secret opens it (tests of the metrics); without one there is nothing.
  'api/metrics/route.ts': { path: '/api/metrics', needs: 'nothing', answers: 404 },
  'api/media/[hash]/route.ts': { path: ({ pictureHash }) => `/api/media/${pictureHash}`, needs: 'sign_in' },
}

interface ActionRule {
  /** Makes what it is about, for whom has that e-mail where it is somebody's own, and returns its id. */
  prepare?: (source: string, email: string) => Promise<number>
  /** A page that has it. */
  page: string | ((world: World) => string)
  needs: Need
  /** What it is called with. */
  args: (world: World) => unknown[]
  /** What differs when it was done: the one value of a query, or what the answer has. */
  effect: string | ((answer: Response) => unknown)
}

const NOTICES = '/admin/notifications'
const WEBHOOK = `insert into webhooks (user_id, url, secret)
  select id, 'https://hooks.example.com/x', '-' from users where email = $1 returning id`
const CONTROL = 'app/admin/imports/actions.ts#controlSession'

/** Every exported server action, as `file#name`; one that does several things, several times, with a word for each. */
export const ACTIONS: Record<string, ActionRule> = {
  'lib/i18n/actions.ts#setLocale': {
    page: '/login',
    needs: 'nothing',
    args: () => [form({ locale: 'en' })],
    effect: (answer) => answer.headers.getSetCookie().some((cookie) => cookie.startsWith('locale=en')),
  },
  'lib/i18n/actions.ts#setTimeZone': {
    page: '/login',
    needs: 'nothing',
    args: () => ['Asia/Tokyo'],
    effect: (answer) => answer.headers.getSetCookie().some((cookie) => cookie.startsWith('tz=')),
  },
  'app/admin/imports/actions.ts#startImport': {
    page: '/admin/imports/new',
    needs: 'imports.start',
    args: () => [{}, form({ types: 'catalog' })],
    effect: 'select count(*)::int as value from import_sessions',
  },
  [`${CONTROL} (cancel)`]: control('cancel', 'imports.control', 'import.cancelled', startedSession),
  [`${CONTROL} (retry_now)`]: control('retry_now', 'imports.control', 'import.retried_now', waitingSession),
  [`${CONTROL} (repeat)`]: control('repeat', 'imports.start', 'import.repeated', failedSession),
  [`${CONTROL} (delete)`]: control('delete', 'imports.delete', 'import.deleted', failedSession),
  'app/admin/notifications/actions.ts#markRead': {
    page: NOTICES,
    needs: 'sign_in',
    prepare: ownRow(
      `insert into notifications (user_id, channel) select id, 'app' from users where email = $1 returning id`,
    ),
    args: () => [form({})],
    effect: 'select count(*)::int as value from notifications where read_at is not null',
  },
  'app/admin/notifications/actions.ts#chooseScopes': {
    page: NOTICES,
    needs: 'sign_in',
    prepare: async () => (await query('delete from notification_settings')).length,
    args: () => [false, form({ app: 'all', push: 'all', email: 'all' })],
    effect: 'select count(*)::int as value from notification_settings',
  },
  'app/admin/notifications/actions.ts#addWebhook': {
    page: NOTICES,
    needs: 'webhooks.edit',
    args: () => [{ url: '', problem: null }, form({ url: 'https://hooks.example.com/x', scope: 'all' })],
    effect: 'select count(*)::int as value from webhooks',
  },
  'app/admin/notifications/actions.ts#deleteWebhook': {
    page: NOTICES,
    needs: 'sign_in',
    prepare: ownRow(WEBHOOK),
    args: ({ id }) => [form({ id: `${id}` })],
    effect: 'select count(*)::int as value from webhooks',
  },
  'app/admin/notifications/actions.ts#deleteWebhook (of somebody else)': {
    page: NOTICES,
    needs: 'nobody',
    prepare: (source) => ownRow(WEBHOOK)(source, 'target@obmen.test'),
    args: ({ id }) => [form({ id: `${id}` })],
    effect: 'select count(*)::int as value from webhooks',
  },
  'app/admin/notifications/actions.ts#savePushSubscription': {
    page: NOTICES,
    needs: 'sign_in',
    args: () => [
      {
        endpoint: `https://push.example.com/${Math.random()}`,
        p256dh: Buffer.alloc(65, 4).toString('base64url'),
        auth: Buffer.alloc(16, 4).toString('base64url'),
        label: 'Chromium',
      },
    ],
    effect: 'select count(*)::int as value from push_subscriptions',
  },
  'app/admin/notifications/actions.ts#deletePushSubscription': {
    page: NOTICES,
    needs: 'sign_in',
    prepare: ownRow(`insert into push_subscriptions (user_id, endpoint, p256dh, auth, label)
      select id, 'https://push.example.com/' || random(), '-', '-', '-' from users where email = $1 returning id`),
    args: ({ id }) => [form({ id: `${id}` })],
    effect: 'select count(*)::int as value from push_subscriptions',
  },
  'app/admin/notifications/actions.ts#sendTrial': {
    page: NOTICES,
    needs: 'sign_in',
    prepare: ownRow(WEBHOOK),
    args: ({ id }) => [null, form({ channel: 'webhook', id: `${id}` })],
    effect: 'select count(*)::int as value from notifications',
  },
  'app/admin/schedules/actions.ts#saveSchedule': {
    page: '/admin/schedules/new',
    needs: 'schedules.edit',
    args: () => [null, {}, form({ name: 'Ночью', types: 'catalog', preset: 'daily', timeZone: 'Europe/Moscow' })],
    effect: recorded('schedule.created'),
  },
  'app/admin/schedules/actions.ts#switchSchedule': {
    page: '/admin/schedules',
    needs: 'schedules.edit',
    prepare: insertSchedule,
    args: ({ id }) => [form({ id: `${id}`, on: 'no' })],
    effect: recorded('schedule.switched_off'),
  },
  'app/admin/schedules/actions.ts#deleteSchedule': {
    page: ({ id }) => `/admin/schedules/${id}`,
    needs: 'schedules.edit',
    prepare: insertSchedule,
    args: ({ id }) => [form({ id: `${id}` })],
    effect: recorded('schedule.deleted'),
  },
  'app/admin/schedules/actions.ts#previewSchedule': {
    page: '/admin/schedules/new',
    needs: 'sign_in',
    args: () => [{ preset: 'daily', time: '03:00', weekday: 1, cron: '' }, 'Europe/Moscow'],
    effect: ({ status, headers }) => status === 200 && !headers.has('x-action-redirect'),
  },
  'app/admin/profile/actions.ts#changeOwnPassword': {
    page: '/admin/profile',
    needs: 'sign_in',
    args: () => [{}, form({ current: OWN_PASSWORD, next: 'the next password', again: 'the next password' })],
    effect: recorded('user.password_changed'),
  },
  'app/admin/users/actions.ts#addUser': {
    page: '/admin/users/new',
    needs: 'users.manage',
    args: () => [{}, form({ email: `new-${Math.random()}@obmen.test`, name: '', role: 'ADMIN', password: '' })],
    effect: recorded('user.added'),
  },
  'app/admin/users/actions.ts#changeRole': {
    page: userPage,
    needs: 'users.manage',
    args: ({ targetId }) => [{}, form({ id: `${targetId}`, role: 'ADMIN' })],
    effect: recorded('user.role_changed'),
  },
  'app/admin/users/actions.ts#setAccess': {
    page: userPage,
    needs: 'users.manage',
    args: ({ targetId }) => [{}, form({ id: `${targetId}`, access: 'close' })],
    effect: recorded('user.disabled'),
  },
  'app/admin/users/actions.ts#resetPassword': {
    page: userPage,
    needs: 'users.manage',
    args: ({ targetId }) => [{}, form({ id: `${targetId}`, password: '' })],
    effect: recorded('user.password_reset'),
  },
  'app/admin/users/actions.ts#unblockAddress': {
    page: '/admin/users',
    needs: 'users.manage',
    args: () => [form({ address: '192.0.2.1' })],
    effect: recorded('sign_in.address_unblocked'),
  },
  'app/admin/users/actions.ts#unblockUser': {
    page: userPage,
    needs: 'users.manage',
    args: ({ targetId }) => [{}, form({ id: `${targetId}` })],
    effect: recorded('user.unblocked'),
  },
}

/** The password of whoever asks. */
export const OWN_PASSWORD = 'password of the tests'

function control(
  command: string,
  needs: Permission,
  action: string,
  prepare: (source: string) => Promise<number>,
): ActionRule {
  return {
    prepare,
    page: ({ id }) => `/admin/imports/${id}`,
    needs,
    args: ({ id }) => [null, form({ command, session: `${id}` })],
    effect: recorded(action),
  }
}

/** A row of whoever has the e-mail; who has no account could only name somebody else's. */
function ownRow(sql: string): (source: string, email: string) => Promise<number> {
  return async (_, email) => {
    const rows = await query<{ id: number }>(sql, [email])
    return Number((rows[0] ?? (await query<{ id: number }>(sql, ['target@obmen.test']))[0])?.id)
  }
}

export async function insertSchedule(): Promise<number> {
  const [row] = await query<{ id: number }>(
    `insert into schedules (name, types, cron, time_zone) values ('Ночью', '{catalog}', '0 3 * * *', 'Europe/Moscow') returning id`,
  )
  return row?.id ?? 0
}

async function startedSession(source: string): Promise<number> {
  return (await start(['catalog'], source)).sessionId
}

async function waitingSession(source: string): Promise<number> {
  const { sessionId, jobId } = await start(['catalog'], source)
  await query(
    `select from graphile_worker.reschedule_jobs(array[$1::bigint], run_at := now() + interval '1 hour', attempts := 1)`,
    [jobId],
  )
  return sessionId
}

async function failedSession(source: string): Promise<number> {
  const sessionId = await startedSession(source)
  await query(`select from graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`)
  await query(`update import_sessions set status = 'FAILED', finished_at = now() where id = $1`, [sessionId])
  return sessionId
}

function userPage({ targetId }: World): string {
  return `/admin/users/${targetId}`
}

function recorded(action: string): string {
  return `select count(*)::int as value from audit_log where action = '${action}'`
}

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

/** What an action changes, before or after it. */
export async function effectOf(rule: ActionRule, answer: Response | null): Promise<unknown> {
  if (typeof rule.effect === 'string') return (await query(rule.effect))[0]?.value
  return answer !== null && rule.effect(answer)
}

export const placeOf = (place: string | ((world: World) => string), world: World): string =>
  typeof place === 'string' ? place : place(world)

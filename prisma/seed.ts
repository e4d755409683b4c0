// npm run db:seed: makes the first administrator of ADMIN_EMAIL and ADMIN_PASSWORD. A user who exists is left as he is.
import { database } from '@/lib/db'
import { envOrExit } from '@/lib/env'
import { hashPassword } from '@/lib/password'

const { ADMIN_EMAIL, ADMIN_PASSWORD } = envOrExit()
if (!ADMIN_EMAIL || !ADMIN_PASSWORD) {
  console.error('ADMIN_EMAIL and ADMIN_PASSWORD are needed for the first administrator.')
  process.exit(1)
}

const email = ADMIN_EMAIL.toLowerCase()
const { count } = await database().user.createMany({
  data: [{ email, passwordHash: await hashPassword(ADMIN_PASSWORD), role: 'ADMIN' }],
  skipDuplicates: true,
})
console.log(count > 0 ? `Created the administrator ${email}.` : `The user ${email} exists; nothing was changed.`)
process.exit(0)

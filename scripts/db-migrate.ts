// npm run db:migrate: brings the database of DATABASE_URL up to date.
import { envOrExit } from '@/lib/env'
import { migrate } from '@/prisma/migrate'

const applied = await migrate(envOrExit().DATABASE_URL)
console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The database is up to date.')
process.exit(0)

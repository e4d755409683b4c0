import { Readable } from 'node:stream'
import type { NextRequest } from 'next/server'
import { getTimeZone, getTranslations } from 'next-intl/server'
import { parseSearchParams } from '@/app/admin/imports/search-params'
import { starterName } from '@/components/imports/starter-name'
import { told } from '@/components/imports/told'
import { type SessionsCsvWords, sessionsCsv } from '@/lib/imports/sessions-csv'
import { may } from '@/lib/permissions'
import { currentUser } from '@/lib/session'

/** The history as a file, under the same filter as the list, all pages of it. */
export async function GET(request: NextRequest): Promise<Response> {
  const user = await currentUser()
  if (!user) return new Response(null, { status: 401 })
  if (!may(user.role, 'imports.read')) return new Response(null, { status: 403 })
  const { filter } = parseSearchParams(Object.fromEntries(request.nextUrl.searchParams))
  const timeZone = await getTimeZone()
  const csv = sessionsCsv(filter, timeZone, await csvWords(timeZone))
  return new Response(Readable.toWeb(csv) as ReadableStream, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="obmen-history.csv"',
      'Cache-Control': 'private, no-store',
    },
  })
}

async function csvWords(timeZone: string): Promise<SessionsCsvWords> {
  const [t, starter, sentences] = await Promise.all([
    getTranslations(),
    getTranslations('starter'),
    getTranslations('sentence'),
  ])
  // As ISO writes it, in the reader's time zone: Excel of every language takes it for a date.
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone })
  return {
    columns: {
      id: t('list.id'),
      types: t('list.type'),
      status: t('list.status'),
      dryRun: t('history.csv.dryRun'),
      jobId: t('detail.jobId'),
      startedBy: t('history.who'),
      createdAt: t('history.csv.created'),
      startedAt: t('list.startedAt'),
      finishedAt: t('list.finishedAt'),
      seconds: t('history.csv.seconds'),
      processedCount: t('detail.processed'),
      createdCount: t('detail.createdCount'),
      updatedCount: t('detail.updated'),
      unchangedCount: t('detail.unchanged'),
      skippedCount: t('detail.skipped'),
      deactivatedCount: t('detail.deactivated'),
      errorsCount: t('detail.errors'),
      warningsCount: t('detail.warningsFull'),
      error: t('history.csv.error'),
    },
    type: (type) => t(`importType.${type}`),
    status: (status) => t(`status.${status}`),
    dryRun: t('history.csv.yes'),
    starter: (session) => starterName(starter, session),
    error: (message, sentence) => told(sentences, message, sentence),
    moment: (moment) => format.format(moment),
  }
}

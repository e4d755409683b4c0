import { useFormatter, useTranslations } from 'next-intl'
import { splitSize } from '@/components/imports/split-size'
import { DateTime } from '@/components/ui/date-time'
import { Notice } from '@/components/ui/notice'
import type { ExportSummary } from '@/lib/imports/export'

/** Where the export lies, when it was written and what it holds; or that there is none. */
export function ExportCard({ directory, summary }: { directory: string; summary: ExportSummary | null }) {
  const t = useTranslations('start')
  const size = useSize()
  return (
    <section aria-labelledby="export" className="space-y-2.5">
      <h2 id="export" className="font-semibold text-base">
        {t('export')}
      </h2>
      <div className="space-y-2 rounded-lg border border-line bg-surface px-3.5 py-3">
        <p className="font-mono text-xs [overflow-wrap:anywhere]">{directory}</p>
        {summary?.writtenAt ? (
          <p className="text-muted">
            {t('writtenAt')} <DateTime value={summary.writtenAt} />
            {' · '}
            {t('files', {
              count: summary.files.length,
              size: size(summary.files.reduce((sum, file) => sum + file.size, 0)),
            })}
          </p>
        ) : (
          <Notice kind="bad">
            <p className="font-medium">{t(summary ? 'exportEmpty' : 'exportMissing')}</p>
            <p>{t(summary ? 'exportEmptyHint' : 'exportMissingHint')}</p>
          </Notice>
        )}
        {summary && summary.files.length > 0 ? <FileTable files={summary.files} /> : null}
      </div>
    </section>
  )
}

function FileTable({ files }: { files: ExportSummary['files'] }) {
  const t = useTranslations()
  const size = useSize()
  return (
    <details className="text-xs">
      <summary className="w-fit text-accent">{t('start.showFiles')}</summary>
      <table className="mt-2 w-full text-left">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1 pr-3 font-medium">
              {t('start.fileName')}
            </th>
            <th scope="col" className="py-1 pr-3 text-right font-medium">
              {t('start.fileSize')}
            </th>
            <th scope="col" className="py-1 font-medium">
              {t('start.fileContents')}
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ name, size: bytes, contents }) => (
            <tr key={name} className="border-line border-t align-top">
              <td className="py-1 pr-3 font-mono [overflow-wrap:anywhere]">{name}</td>
              <td className="whitespace-nowrap py-1 pr-3 text-right tabular-nums">{size(bytes)}</td>
              <td className="py-1">
                {contents.map((kind) => t(`content.${kind}`)).join(', ') || t('start.unknownContents')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function useSize(): (bytes: number) => string {
  const t = useTranslations('size')
  const format = useFormatter()
  return (bytes) => {
    const { value, unit } = splitSize(bytes)
    return t(unit, { value: format.number(value) })
  }
}

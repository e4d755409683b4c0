import { useFormatter, useTranslations } from 'next-intl'
import { TableFrame } from '@/components/imports/section'
import { splitSize } from '@/components/imports/split-size'
import { CopyButton } from '@/components/ui/copy-button'
import { DateTime } from '@/components/ui/date-time'
import type { ImportedFile } from '@/lib/imports/session'

const HEAD = ['fileName', 'fileSize', 'fileDate', 'fileHash'] as const

/** The files of the export that were read: which they were exactly. */
export function ExportFiles({ files }: { files: ImportedFile[] }) {
  const t = useTranslations('story')
  const sizes = useTranslations('size')
  const format = useFormatter()
  if (files.length === 0) return <p className="text-muted">{t('noFiles')}</p>
  return (
    <TableFrame label={t('files')}>
      <table className="w-full whitespace-nowrap text-left">
        <thead className="border-line border-b bg-raised text-muted text-xs">
          <tr>
            {HEAD.map((column) => (
              <th key={column} scope="col" className="px-2.5 py-2 font-medium first:pl-3.5 last:pr-3.5">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {files.map(({ name, size, modifiedAt, sha256 }) => {
            const { unit, value } = splitSize(size)
            return (
              <tr key={name} className="border-line border-b last:border-b-0">
                <th scope="row" className="px-2.5 py-1.5 pl-3.5 font-mono font-normal text-xs">
                  {name}
                </th>
                <td className="px-2.5 py-1.5 tabular-nums">{sizes(unit, { value: format.number(value) })}</td>
                <td className="px-2.5 py-1.5">
                  <DateTime value={modifiedAt} />
                </td>
                <td className="px-2.5 py-1.5 pr-3.5">
                  {sha256 ? (
                    <CopyButton value={sha256} label={t('copyHash', { name })} title={sha256} className="font-mono">
                      {`${sha256.slice(0, 12)}…`}
                    </CopyButton>
                  ) : (
                    <span className="text-muted">—</span>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </TableFrame>
  )
}
